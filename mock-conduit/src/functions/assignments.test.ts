import { expect, test } from 'vitest'
import { collections, failure, openSchema } from '../database/test-collection.ts'

const schemas = [
  openSchema('Other', { name: 'String' }),
  openSchema('Row', {
    name: { type: 'String' },
    n: { type: 'Number' },
    viewCount: { type: 'Number' },
    flag: { type: 'Boolean' },
    doc: { type: 'JSON' },
    tags: { type: ['String'] },
    box: { type: { label: { type: 'String' }, size: { type: 'Number' } } },
    other: { type: 'Relation', model: 'Other' },
    others: { type: [{ type: 'Relation', model: 'Other' }] },
  }),
]
const id = '0b2f6c1e-8a55-4c8e-9d2f-1a2b3c4d5e6f'
const row = { _id: id, name: 'a', n: 5, tags: ['p'], doc: ['x', 'y'], box: { label: 'l', size: 1 } }

/** What a PUT endpoint answers that assigns one value, and the row afterwards. */
async function assigned(
  schemaField: string,
  value: unknown,
  { action = 0, held = {} }: { action?: number; held?: Record<string, unknown> } = {},
) {
  const endpoint = {
    name: 'Change',
    operation: 2,
    selectedSchemaName: 'Row',
    query: { AND: [] },
    assignments: [{ schemaField, action, assignmentField: { type: 'Custom', value } }],
  }
  const documents = { Row: [{ ...row, ...held }] }
  const { call, mock } = await collections({ schemas, endpoints: [endpoint], documents })
  const answer = await call('PUT /database/function/Change', {})
  const [after] = await mock.control.documents('Row')
  return { answer, after: after ?? {} }
}

test.each([
  ['n', 2, 1, 7],
  ['n', '2', 1, 7],
  ['n', [2], 1, 7],
  ['n', -2, 1, 3],
  ['n', 2, 2, 3],
  ['doc', 0, 1, ['y']],
])('%s changes by %j (action %i) to %j', async (field, value, action, expected) => {
  const { answer, after } = await assigned(field, value, { action })
  expect(answer).toEqual({ status: 200, body: ['Ok'] })
  expect(after[field]).toEqual(expected)
})

test('null stays null', async () => {
  expect((await assigned('n', 1, { action: 1, held: { n: null } })).after['n']).toBeNull()
})

test.each([
  ['n', 'two', 1, 'column "nan" does not exist'],
  ['n', true, 1, 'operator does not exist: double precision + boolean'],
  ['viewCount', 1, 1, 'column "viewcount" does not exist'],
  ['box.size', 1, 1, 'missing FROM-clause entry for table "box"'],
  ['name', 1, 1, 'operator does not exist: character varying + integer'],
  ['name', 1.5, 2, 'operator does not exist: character varying - numeric'],
  ['tags', 0, 1, 'operator does not exist: character varying[] - integer'],
  ['other', 1, 1, 'Cannot increment relation: other'],
  ['others', id, 3, 'parentDoc[actualRel] is not a function'],
  ['tags', ['q'], 3, 'malformed array literal: "{"p",{"q"}}"'],
  ['tags', 'q', 0, 'values.map is not a function'],
  ['name', { a: 1 }, 0, 'string violation: name cannot be an array or an object'],
])('%s with %j (action %i) is refused: %s', async (field, value, action, message) => {
  const { answer, after } = await assigned(field, value, { action })
  expect(answer).toEqual(failure(message))
  expect(after).toMatchObject(row)
})

test('only a number without a dash can be subtracted: the payload is refused before any row is looked for', async () => {
  const { answer } = await assigned('n', -1, { action: 2 })
  expect(answer).toEqual(failure('Invalid document payload built from custom endpoint assignments'))
})

test('a removal changes nothing, an addition needs a list', async () => {
  const { answer, after } = await assigned('tags', 'p', { action: 4 })
  expect(answer.status).toBe(200)
  expect(after['tags']).toEqual(['p'])
  expect((await assigned('tags', 'q', { action: 3 })).after['tags']).toEqual(['p', 'q'])
  expect((await assigned('tags', 'q', { action: 3, held: { tags: null } })).answer).toEqual(
    failure('parentDoc[key] is not iterable'),
  )
})

test('a dotted name is a place in a nested object', async () => {
  expect((await assigned('box.label', 'x')).after['box']).toEqual({ label: 'x', size: 1 })
})

test('when one of several rows cannot be changed, none is', async () => {
  const unique = { type: 'String', required: true, unique: true }
  const endpoint = {
    name: 'Same',
    operation: 2,
    selectedSchemaName: 'Tag',
    query: { AND: [] },
    assignments: [
      { schemaField: 'slug', action: 0, assignmentField: { type: 'Custom', value: 'x' } },
    ],
  }
  const { call, mock } = await collections({
    schemas: [openSchema('Tag', { slug: unique })],
    endpoints: [endpoint],
    documents: { Tag: [{ slug: 'a' }, { slug: 'b' }] },
  })
  expect(await call('PUT /database/function/Same', {})).toEqual(failure('Validation error'))
  expect((await mock.control.documents('Tag')).map(({ slug }) => slug).sort()).toEqual(['a', 'b'])
})
