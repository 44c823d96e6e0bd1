import { expect, test } from 'vitest'
import { collections, failure, openSchema } from '../database/test-collection.ts'

const schemas = [
  openSchema('Row', {
    word: 'String',
    n: 'Number',
    flag: 'Boolean',
    at: 'Date',
    id: 'ObjectId',
    doc: 'JSON',
    tags: ['String'],
    scores: { type: ['Number'] },
    box: { label: 'String' },
  }),
]
const rows = [
  { word: 'a', n: 1, flag: false, doc: { k: 1, in: { t: 'x' } }, tags: ['p', 'q'], scores: [1] },
  { word: 'B', n: 2, flag: true, doc: { k: 2 }, tags: ['q'], scores: [2], box: { label: 'l' } },
]

interface About {
  operation?: number
  like?: boolean
}

/** The words of the rows that a comparison finds, or what the backend says of it. */
async function found(schemaField: string, value: unknown, { operation = 0, like }: About = {}) {
  const leaf = {
    schemaField,
    operation,
    comparisonField: { type: 'Custom', value, ...(like === undefined ? {} : { like }) },
  }
  const endpoint = { name: 'Find', operation: 0, selectedSchemaName: 'Row', query: { AND: [leaf] } }
  const { call } = await collections({ schemas, endpoints: [endpoint], documents: {} })
  for (const row of rows) await call('POST /database/Row', row)
  const answer = await call('GET /database/function/Find')
  if (answer.status !== 200) return answer
  return (answer.body as { word: string }[]).map(({ word }) => word)
}

test('texts are ordered as the database collates them, booleans and dates as such', async () => {
  expect(await found('word', 'a', { operation: 2 })).toEqual(['B'])
  expect(await found('flag', false, { operation: 2 })).toEqual(['B'])
  expect(await found('createdAt', '2000-01-01', { operation: 3 })).toEqual(['a', 'B'])
})

test('a text is read as the column’s type, a number must suit it', async () => {
  expect(await found('n', '2')).toEqual(['B'])
  expect(await found('flag', 'yes')).toEqual(['B'])
  expect(await found('flag', 'r')).toEqual(failure('invalid input syntax for type boolean: "r"'))
  expect(await found('id', 'x')).toEqual(failure('invalid input syntax for type uuid: "x"'))
  expect(await found('word', 5)).toEqual(
    failure('operator does not exist: character varying = integer'),
  )
  expect(await found('word', ['a'], { operation: 1 })).toEqual(
    failure('operator does not exist: character varying <> text[]'),
  )
})

test('like is for texts, and for equality alone', async () => {
  expect(await found('word', 'b', { like: true })).toEqual(['B'])
  expect(await found('n', '1', { like: true })).toEqual(
    failure('operator does not exist: double precision ~~* unknown'),
  )
  expect(await found('word', 'b', { like: true, operation: 1 })).toEqual(
    failure("Invalid value { Symbol(iLike): '%b%' }"),
  )
  expect(await found('word', 'b', { like: true, operation: 6 })).toEqual(
    failure('value is not iterable'),
  )
})

test('of a text each character is a member of a set; a number is none', async () => {
  expect(await found('word', 'xa', { operation: 6 })).toEqual(['a'])
  expect(await found('n', 1, { operation: 6 })).toEqual(failure('value is not iterable'))
})

test('a list column compares with whole lists; a bare one may share a member', async () => {
  expect(await found('tags', ['q'])).toEqual(['B'])
  expect(await found('tags', 'q')).toEqual(failure('values.map is not a function'))
  expect(await found('tags', ['p'], { operation: 6 })).toEqual(['a'])
  expect(await found('tags', ['p'], { operation: 7 })).toEqual(['B'])
  expect(await found('scores', [1], { operation: 6 })).toEqual(
    failure('values.map is not a function'),
  )
})

test('an object names paths of a JSON column', async () => {
  expect(await found('doc', { in: { t: 'x' } })).toEqual(['a'])
  expect(await found('doc', { k: 2 })).toEqual(['B'])
  expect(await found('doc', { in: 1 })).toEqual(
    failure('invalid input syntax for type double precision: "{"t": "x"}"'),
  )
})

test('a field of a nested object is a column as any; the object is none', async () => {
  expect(await found('box.label', 'l')).toEqual(['B'])
  expect(await found('box', 'l')).toEqual(failure('column cnd_Row.box does not exist'))
})

test('a text that is no number is above all numbers, infinity too; a blank one is refused', async () => {
  expect(await found('n', 'x')).toEqual([])
  expect(await found('n', 'x', { operation: 1 })).toEqual(['a', 'B'])
  expect(await found('n', 'x', { operation: 2 })).toEqual([])
  expect(await found('n', 'x', { operation: 4 })).toEqual(['a', 'B'])
  expect(await found('n', '0x2')).toEqual(['B'])
  expect(await found('n', '0x1x', { operation: 6 })).toEqual(['a'])
  expect(await found('n', '')).toEqual(
    failure('invalid input syntax for type double precision: ""'),
  )
})

test('a condition on null is one for nothing held; only equality can be asked', async () => {
  expect(await found('box.label', null)).toEqual(['a'])
  expect(await found('box.label', null, { operation: 1 })).toEqual(
    failure("Cannot read properties of null (reading 'Symbol(regexp)')"),
  )
})
