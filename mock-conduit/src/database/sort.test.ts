import { expect, test } from 'vitest'
import { collections, failure, openSchema } from './test-collection.ts'

const schemas = [
  openSchema('Target', { name: 'String' }),
  openSchema('Thing', {
    title: 'String',
    tags: ['String'],
    meta: 'JSON',
    target: { type: 'Relation', model: 'Target' },
  }),
]

async function things(documents: Record<string, unknown>[]) {
  const { call } = await collections({ schemas, documents: {} })
  for (const each of documents) await call('POST /database/Thing', each)
  const sorted = async (sort: string, field: string) => {
    const { status, body } = await call(`GET /database/Thing?sort=${encodeURIComponent(sort)}`)
    expect(status).toBe(200)
    return (body as { documents: Record<string, unknown>[] }).documents.map((each) => each[field])
  }
  return { call, sorted }
}

test('a single relation is sorted by its own name as by that of its key', async () => {
  const [low, high] = [1, 2].map((digit) => `${digit}0000000-0000-4000-8000-000000000000`)
  const { sorted } = await things([{ target: high }, { target: low }])
  expect(await sorted('target', 'target')).toEqual([low, high])
  expect(await sorted('-targetId', 'target')).toEqual([high, low])
})

test('double quotes are dropped from a name, and a field named twice keeps its last direction', async () => {
  const { sorted } = await things([{ title: 'a' }, { title: 'b' }])
  expect(await sorted('-"title"', 'title')).toEqual(['b', 'a'])
  expect(await sorted('title,-title', 'title')).toEqual(['b', 'a'])
})

test.each([
  ['target.name', "Cannot read properties of undefined (reading 'type')"],
  ['title.x', 'missing FROM-clause entry for table "title"'],
  ['title.x.y', 'missing FROM-clause entry for table "title->x"'],
  ['toString', 'zero-length delimited identifier at or near """"'],
  ['"', 'zero-length delimited identifier at or near """"'],
  ['é'.repeat(40), `column cnd_Thing.${'é'.repeat(31)} does not exist`],
])('sort=%s is refused: %s', async (sort, text) => {
  const { call } = await things([])
  expect(await call(`GET /database/Thing?sort=${encodeURIComponent(sort)}`)).toEqual(failure(text))
})

test('lists are ordered item by item, the shorter first', async () => {
  const lists = [[], ['a'], ['a', 'a'], ['b']]
  const { sorted } = await things([...lists].reverse().map((tags) => ({ tags })))
  expect(await sorted('tags', 'tags')).toEqual(lists)
})

test('JSON is ordered by kind, then by size, then by content', async () => {
  const values = [[], [2], [[]], [1, 1], {}, { aa: 0 }, { b: 0 }, { b: 1 }, { a: 0, b: 0 }]
  const { sorted } = await things([...values].reverse().map((meta) => ({ meta })))
  expect(await sorted('meta', 'meta')).toEqual(values)
})

test('skip and limit are read as parseInt reads the text of a number, within bigint', async () => {
  const { call } = await things([{ title: 'a' }, { title: 'b' }])
  const count = async (query: string) => {
    const { body } = await call(`GET /database/Thing?${query}`)
    return (body as { documents: unknown[] }).documents.length
  }
  expect(await count('limit=1e21')).toBe(1)
  expect(await count('limit=1e-7')).toBe(1)
  expect(await count('skip=1e-7')).toBe(1)
  expect(await call('GET /database/Thing?limit=9223372036854775807')).toEqual(
    failure('bigint out of range'),
  )
})

test('a star sorts by whole rows, column by column', async () => {
  const { sorted } = await things([
    { title: 'b', tags: ['x'] },
    { tags: ['a'] },
    { title: 'a' },
    { title: 'a', tags: ['y'] },
  ])
  expect(await sorted('*', 'tags')).toEqual([['y'], null, ['x'], ['a']])
  expect(await sorted('-*', 'tags')).toEqual([['a'], ['x'], null, ['y']])
})

test('documents created together stand by createdAt as in the heap: what is changed goes to the end', async () => {
  const { call } = await collections({ schemas: [openSchema('Tag', { slug: 'String' })] })
  const made = await call('POST /database/Tag/many', {
    docs: ['a', 'b', 'c'].map((slug) => ({ slug })),
  })
  const [first] = (made.body as { docs: { _id: string }[] }).docs
  await call(`PATCH /database/Tag/${first?._id ?? ''}`, { slug: 'A' })
  await call('POST /database/Tag', { slug: 'd' })
  for (const [sort, order] of [
    ['createdAt', ['b', 'c', 'A', 'd']],
    ['-createdAt', ['d', 'b', 'c', 'A']],
  ]) {
    const { body } = await call(`GET /database/Tag?sort=${String(sort)}`)
    expect((body as { documents: { slug: string }[] }).documents.map(({ slug }) => slug)).toEqual(
      order,
    )
  }
})
