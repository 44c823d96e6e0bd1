import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collections, openSchema } from './test-collection.ts'

const runs = { seed: 20260102, numRuns: 40 }
const schemas = [
  openSchema('Item', {
    word: { type: 'String' },
    n: { type: 'Number' },
    flag: { type: 'Boolean' },
    tags: [{ type: 'String' }],
  }),
]

interface Fields {
  word?: string | undefined
  n?: number | undefined
  flag?: boolean | undefined
  tags?: string[] | undefined
}
type Held = Required<{ [K in keyof Fields]: Exclude<Fields[K], undefined> | null }> & {
  _id: string
}

const fields: fc.Arbitrary<Fields> = fc.record(
  {
    word: fc.constantFrom('', 'a', 'b', 'aa', '__proto__', 'constructor'),
    n: fc.integer({ min: -3, max: 3 }),
    flag: fc.boolean(),
    tags: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const sorts = ['n', '-n', 'word', '-word', '-n,word', 'createdAt'] as const

type Step =
  | { do: 'create'; fields: Fields }
  | { do: 'many'; list: Fields[] }
  | { do: 'put' | 'patch'; pick: number; fields: Fields }
  | { do: 'delete'; pick: number }
  | { do: 'list'; sort: (typeof sorts)[number] | undefined; skip: number; limit: number }

const pick = fc.nat(20)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ do: fc.constant('create' as const), fields }),
  fc.record({ do: fc.constant('many' as const), list: fc.array(fields, { maxLength: 3 }) }),
  fc.record({ do: fc.constantFrom('put' as const, 'patch' as const), pick, fields }),
  fc.record({ do: fc.constant('delete' as const), pick }),
  fc.record({
    do: fc.constant('list' as const),
    sort: fc.option(fc.constantFrom(...sorts), { nil: undefined }),
    skip: fc.nat(4),
    limit: fc.nat(5),
  }),
)

const blank = { word: null, n: null, flag: null, tags: null }

/** The naive model: rows in order of their last write, and the order they were born in. */
class Naive {
  rows: Held[] = []
  readonly born: string[] = []

  add(row: Held): void {
    this.rows.push(row)
    this.born.push(row._id)
  }

  rewrite(id: string, change: (row: Held) => Held): void {
    const row = this.rows.find(({ _id }) => _id === id)
    if (row) this.rows = [...this.rows.filter((each) => each !== row), change(row)]
  }

  list(sort: string | undefined): Held[] {
    const sorted = [...this.rows]
    for (const key of (sort?.split(',') ?? []).reverse()) {
      const field = key.replace('-', '')
      const value = (row: Held) =>
        field === 'createdAt' ? this.born.indexOf(row._id) : field === 'n' ? row.n : row.word
      const sign = key.startsWith('-') ? -1 : 1
      sorted.sort((a, b) => sign * naturally(value(a), value(b)))
    }
    return sorted
  }
}

/** Nulls last. */
function naturally(a: string | number | null, b: string | number | null): number {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return typeof a === 'number' ? a - Number(b) : a.localeCompare(String(b), 'en')
}

const plain = (row: unknown): Held => {
  const { _id, word, n, flag, tags } = row as Held
  return { _id, word, n, flag, tags }
}

async function play(steps: readonly Step[]): Promise<void> {
  const { call, mock } = await collections({ schemas })
  const naive = new Naive()
  const idAt = (at: number) => naive.born[at % Math.max(1, naive.born.length)]
  for (const each of steps) {
    await mock.control.advance(1)
    if (each.do === 'create') {
      const { body } = await call('POST /database/Item', each.fields)
      const made = plain(body)
      expect(made).toEqual({ ...blank, ...each.fields, _id: made._id })
      naive.add(made)
    } else if (each.do === 'many') {
      const { body } = await call('POST /database/Item/many', { docs: each.list })
      const made = (body as { docs: unknown[] }).docs.map(plain)
      expect(made).toEqual(
        each.list.map((given, at) => ({ ...blank, ...given, _id: made[at]?._id })),
      )
      for (const row of made) naive.add(row)
    } else if (each.do === 'list') {
      const { sort, skip, limit } = each
      const query = `skip=${skip}&limit=${limit}${sort ? `&sort=${sort}` : ''}`
      const { body } = await call(`GET /database/Item?${query}`)
      const { documents, count } = body as { documents: unknown[]; count: number }
      expect(documents.map(plain)).toEqual(naive.list(sort).slice(skip, skip + limit))
      expect(count).toBe(naive.rows.length)
    } else await changeOne(each, idAt(each.pick))
  }
  expect((await mock.control.documents('Item')).map(plain)).toEqual(naive.rows)

  async function changeOne(
    each: Extract<Step, { pick: number }>,
    id: string | undefined,
  ): Promise<void> {
    if (id === undefined) return
    const known = naive.rows.some(({ _id }) => _id === id)
    const path = `/database/Item/${id}`
    if (each.do === 'delete') {
      expect(await call(`DELETE ${path}`)).toEqual({ status: 200, body: { result: 'Ok' } })
      naive.rows = naive.rows.filter(({ _id }) => _id !== id)
      return
    }
    const answer = await call(`${each.do.toUpperCase()} ${path}`, each.fields)
    expect(answer.status).toBe(known ? 200 : 500)
    if (!known || (each.do === 'patch' && Object.keys(each.fields).length === 0)) return
    const base = each.do === 'put' ? blank : {}
    naive.rewrite(id, (row) => plain({ ...row, ...base, ...each.fields }))
    expect(plain(answer.body)).toEqual(naive.rows.at(-1))
  }
}

test('create, bulk, put, patch, delete and sorted pages agree with an array', async () => {
  await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 30 }), play), runs)
})

test('pages put together are the list', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fields, { minLength: 1, maxLength: 12 }),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom(...sorts),
      async (docs, size, sort) => {
        const { call } = await collections({
          schemas,
          documents: { Item: docs.map((each) => ({ ...each })) },
        })
        const page = async (skip: number, limit: number): Promise<string[]> => {
          const { body } = await call(`GET /database/Item?sort=${sort}&skip=${skip}&limit=${limit}`)
          return (body as { documents: Held[] }).documents.map(({ _id }) => _id)
        }
        const pages: string[] = []
        for (let skip = 0; skip < docs.length; skip += size) pages.push(...(await page(skip, size)))
        expect(pages).toEqual(await page(0, 1_000))
        expect(new Set(pages).size).toBe(docs.length)
      },
    ),
    runs,
  )
})
