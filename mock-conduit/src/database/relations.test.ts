import { expect, test } from 'vitest'
import { collections, failure, openSchema } from './test-collection.ts'

const relation = { type: 'Relation', model: 'Author' }
const schemas = [
  openSchema('Author', { name: 'String' }),
  openSchema('Book', { title: 'String', author: relation, fans: [relation], year: 'Number' }),
  openSchema('Plain', { doc: 'JSON' }),
  openSchema('Nested', { doc: 'JSON', box: { label: 'String' } }),
]
const unknown = '0b2f6c1e-8a55-4c8e-9d2f-1a2b3c4d5e6f'

test.each([
  ['sort=author&populate=author', 'column author.asc does not exist'],
  ['sort=-author&populate=author', 'column author.desc does not exist'],
  ['sort=fans&populate=fans', 'column fans.asc does not exist'],
  ['sort=fans', 'missing FROM-clause entry for table "fans"'],
  ['sort=nope&sort=author&populate=author', 'column cnd_Book.nope does not exist'],
  ['sort=nope&sort=', 'zero-length delimited identifier at or near """"'],
  ['sort=&sort=nope.x', "Cannot read properties of undefined (reading 'type')"],
])('%s is refused', async (query, message) => {
  const { call } = await collections({ schemas })
  expect(await call(`GET /database/Book?${query}`)).toEqual(failure(message))
})

test.each(['sort=author', 'sort=authorId&populate=author', 'sort=author&populate=author.x'])(
  '%s is taken',
  async (query) => {
    const { call } = await collections({ schemas })
    expect((await call(`GET /database/Book?${query}`)).status).toBe(200)
  },
)

test.each([
  [{ title: 'x'.repeat(256) }, 'value too long for type character varying(255)'],
  [{ author: 'x', fans: [] }, 'invalid input syntax for type uuid: "x"'],
  [{ fans: [] }, "Cannot read properties of null (reading 'setFans')"],
  [{ title: 'x' }, "Cannot read properties of null (reading '_id')"],
])('a document that is not there is not changed: %#', async (fields, message) => {
  const { call } = await collections({ schemas })
  for (const method of ['PUT', 'PATCH'])
    expect(await call(`${method} /database/Book/${unknown}`, fields)).toEqual(failure(message))
})

test.each([{ doc: { a: { b: [null] } } }, { doc: [{ a: [1, null] }] }])(
  'beside nested objects null in a list fails every answer, after the write: %j',
  async (fields) => {
    const { call, mock } = await collections({ schemas })
    const refused = failure("Cannot read properties of null (reading 'hasOwnProperty')")
    expect(await call('POST /database/Nested', fields)).toEqual(refused)
    expect(await call('GET /database/Nested')).toEqual(refused)
    expect(await mock.control.documents('Nested')).toHaveLength(1)
    expect((await call('POST /database/Plain', fields)).status).toBe(200)
  },
)
