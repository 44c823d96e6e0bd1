import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collections, openSchema } from '../database/test-collection.ts'
import { like } from './like.ts'

const runs = { seed: 20260103, numRuns: 120 }
const schemas = [
  openSchema('Item', {
    word: { type: 'String' },
    n: { type: 'Number' },
    flag: { type: 'Boolean' },
  }),
]
const words = ['', 'a', 'A', 'ab', 'a%b', 'a_b', 'b\\a', '%'] as const
const numbers = [-1, 0, 1, 2] as const

interface Item {
  word: string | null
  n: number | null
  flag: boolean | null
}
const item: fc.Arbitrary<Item> = fc.record({
  word: fc.option(fc.constantFrom(...words)),
  n: fc.option(fc.constantFrom(...numbers)),
  flag: fc.option(fc.boolean()),
})

type Value = string | number | boolean | (string | number)[]
type Tree =
  | { kind: 'AND' | 'OR'; of: Tree[] }
  | { kind: 'leaf'; field: keyof Item; operation: number; value: Value; how: How; like?: 'i' | 's' }
/** A literal, an input that is given, or an optional one that is not. */
type How = 'custom' | 'given' | 'absent'

const how = fc.constantFrom<How>('custom', 'given', 'given', 'absent')
const leaf: fc.Arbitrary<Tree> = fc.oneof(
  fc.record({
    kind: fc.constant('leaf' as const),
    field: fc.constant('word' as const),
    operation: fc.constantFrom(0, 1, 8, 9, 10),
    value: fc.constantFrom(...words),
    how,
  }),
  fc.record({
    kind: fc.constant('leaf' as const),
    field: fc.constant('n' as const),
    operation: fc.integer({ min: 0, max: 5 }),
    value: fc.constantFrom(...numbers),
    how,
  }),
  fc.record({
    kind: fc.constant('leaf' as const),
    field: fc.constant('n' as const),
    operation: fc.constantFrom(6, 7),
    value: fc.array(fc.constantFrom(...numbers), { minLength: 1, maxLength: 3 }),
    how,
  }),
  fc.record({
    kind: fc.constant('leaf' as const),
    field: fc.constant('flag' as const),
    operation: fc.constantFrom(0, 1),
    value: fc.boolean(),
    how: fc.constantFrom<How>('custom', 'absent'),
  }),
  fc.record({
    kind: fc.constant('leaf' as const),
    field: fc.constant('word' as const),
    operation: fc.constantFrom(0, 8), // any other with like is refused: leaf.test.ts
    value: fc.constantFrom(...words),
    how,
    like: fc.constantFrom('i' as const, 's' as const),
  }),
)
const tree = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom('AND' as const, 'OR' as const),
      of: fc.array(tie('tree'), { maxLength: 3 }),
    }),
  ),
})).tree

/** LIKE by a regular expression, for short texts only. */
function naiveLike(text: string, pattern: string, flags: string): boolean {
  let source = ''
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern.charAt(at)
    if (char === '%') source += '[^]*'
    else if (char === '_') source += '[^]'
    else source += escaped(char === '\\' && at + 1 < pattern.length ? pattern.charAt(++at) : char)
  }
  return new RegExp(`^${source}$`, flags).test(text)
}

function escaped(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')
}

/** SQL's truth, naively: undefined for a condition that is left out, 'empty' for a group that restricts nothing. */
function holds(row: Item, node: Tree): boolean | 'empty' | undefined {
  if (node.kind !== 'leaf') {
    const kept = node.of.map((each) => holds(row, each)).filter((each) => each !== undefined)
    if (kept.length === 0) return 'empty'
    if (node.kind === 'OR') return kept.includes(true)
    return kept.every((each) => each === 'empty') ? 'empty' : !kept.includes(false)
  }
  if (node.how === 'absent') return undefined
  const held = row[node.field]
  if (held === null) return false
  const { value, operation } = node
  if (node.like !== undefined)
    return naiveLike(String(held), `%${String(value)}%`, node.like === 'i' ? 'i' : '')
  const list: unknown[] = [value].flat()
  if (operation === 6) return list.includes(held)
  if (operation === 7) return !list.includes(held)
  if (operation === 1) return held !== value
  const numbersOnly = [Number(held), Number(value)] as const
  if (operation === 2) return numbersOnly[0] > numbersOnly[1]
  if (operation === 3) return numbersOnly[0] >= numbersOnly[1]
  if (operation === 4) return numbersOnly[0] < numbersOnly[1]
  if (operation === 5) return numbersOnly[0] <= numbersOnly[1]
  return held === value
}

interface Input {
  name: string
  type: string
  location: number
  optional: boolean
  array: boolean
}

/** The tree as an endpoint's query, its inputs, and what a caller sends. */
function asEndpoint(root: Tree) {
  const inputs: Input[] = []
  const sent = new URLSearchParams()
  const node = (each: Tree): unknown => {
    if (each.kind !== 'leaf') return { [each.kind]: each.of.map(node) }
    const { field: schemaField, operation, value } = each
    const about = each.like ? { like: true, caseSensitiveLike: each.like === 's' } : {}
    if (each.how === 'custom')
      return { schemaField, operation, comparisonField: { type: 'Custom', value, ...about } }
    const name = `in${inputs.length}`
    const type = schemaField === 'n' ? 'Number' : schemaField === 'flag' ? 'Boolean' : 'String'
    inputs.push({ name, type, location: 1, optional: true, array: Array.isArray(value) })
    if (each.how === 'given') for (const one of [value].flat()) sent.append(name, String(one))
    return { schemaField, operation, comparisonField: { type: 'Input', value: name, ...about } }
  }
  const query = node({ kind: 'AND', of: [root] })
  const endpoint = { name: 'Find', operation: 0, selectedSchemaName: 'Item', inputs, query }
  return { endpoint, sent: sent.toString() }
}

test('a query of any operations, groups and optional inputs finds what naive evaluation finds', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(item, { maxLength: 8 }), tree, async (items, root) => {
      const { endpoint, sent } = asEndpoint(root)
      const documents = { Item: items.map((each) => ({ ...each })) }
      const { call } = await collections({ schemas, endpoints: [endpoint], documents })
      const { status, body } = await call(`GET /database/function/Find?${sent}`)
      expect(status).toBe(200)
      const found = (body as Item[]).map(({ word, n, flag }) => ({ word, n, flag }))
      expect(found).toEqual(
        items.filter((row) => holds(row, { kind: 'AND', of: [root] }) !== false),
      )
    }),
    runs,
  )
})

test('LIKE agrees with a regular expression on short texts', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', '%', '_', '\\'), maxLength: 7 })
  fc.assert(
    fc.property(text, text, fc.boolean(), (held, pattern, caseSensitive) => {
      expect(like(held, pattern, caseSensitive)).toBe(
        naiveLike(held, pattern, caseSensitive ? '' : 'i'),
      )
    }),
    { seed: 20260104, numRuns: 3_000 },
  )
})

test('a hostile pattern costs no more than the product of the lengths', () => {
  const started = process.cpuUsage()
  expect(like('a'.repeat(20_000), `${'%a'.repeat(60)}%b`, true)).toBe(false)
  expect(process.cpuUsage(started).user).toBeLessThan(2_000_000)
})
