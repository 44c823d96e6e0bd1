import { expect, test } from 'vitest'
import { collections, failure, openSchema } from '../database/test-collection.ts'

const schemas = [
  openSchema('Author', { name: 'String' }),
  openSchema('Book', { title: 'String', authors: [{ type: 'Relation', model: 'Author' }] }),
]
const [ada, bob] = ['0b2f6c1e-8a55-4c8e-9d2f-1a2b3c4d5e6f', '0b2f6c1e-8a55-4c8e-9d2f-1a2b3c4d5e60']
const documents = {
  Author: [
    { _id: ada, name: 'Ada' },
    { _id: bob, name: 'Bob' },
  ],
  Book: [{ title: 'both', authors: [ada, bob] }, { title: 'his', authors: [bob] }, { title: 'no' }],
}

async function asked(
  schemaField: string,
  value: unknown,
  about: { operation?: number; paginated?: boolean } = {},
) {
  const leaf = { schemaField, operation: 0, comparisonField: { type: 'Custom', value } }
  const assignments = [{ schemaField: 'title', action: 0, assignmentField: leaf.comparisonField }]
  const endpoint = {
    name: 'Books',
    operation: 0,
    selectedSchemaName: 'Book',
    query: { AND: [leaf] },
    assignments,
    ...about,
  }
  const { call } = await collections({ schemas, endpoints: [endpoint], documents })
  const method = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'][endpoint.operation] ?? 'GET'
  const page = about.paginated ? '?skip=0&limit=5' : ''
  return call(`${method} /database/function/Books${page}`, method === 'GET' ? undefined : {})
}

test('a condition on a to-many relation brings those of its documents that it holds for', async () => {
  expect(await asked('authors', bob)).toMatchObject({
    status: 200,
    body: [
      { title: 'both', authors: [{ _id: bob, cnd_Book_Author: { Author: bob } }] },
      { title: 'his', authors: [{ name: 'Bob' }] },
    ],
  })
  expect((await asked('authors.name', 'Ada')).body).toMatchObject([{ title: 'both' }])
  expect(await asked('authors.age', 1)).toEqual(failure('column authors.age does not exist'))
  expect(await asked('authors', 'x')).toEqual(failure('invalid input syntax for type uuid: "x"'))
})

test('pages and changes of many cannot have such a condition, removals can', async () => {
  const refused = failure('missing FROM-clause entry for table "authors"')
  expect(await asked('authors', bob, { paginated: true })).toEqual(refused)
  expect(await asked('authors', 'x', { operation: 2 })).toEqual(refused)
  expect(await asked('authors.name', 'Ada', { operation: 4 })).toEqual(refused)
  expect((await asked('authors', bob, { operation: 3 })).body).toEqual({ deletedCount: 2 })
})

test('an endpoint may read users, and change what they were extended by', async () => {
  const query = (value: unknown) => ({
    AND: [{ schemaField: 'email', operation: 0, comparisonField: { type: 'Custom', value } }],
  })
  const bio = { schemaField: 'bio', action: 0, assignmentField: { type: 'Custom', value: 'b' } }
  const own = { selectedSchemaName: 'User', query: query('ann@example.com') }
  const { call } = await collections({
    schemas,
    documents,
    extensions: [{ schemaName: 'User', extension: { fields: { bio: 'String' } } }],
    endpoints: [
      { name: 'Find', operation: 0, ...own },
      { name: 'Tell', operation: 2, ...own, assignments: [bio] },
    ],
  })
  await call('POST /authentication/local/new', { email: 'ann@example.com', password: 'x' })
  expect((await call('PUT /database/function/Tell', {})).body).toEqual(['Ok'])
  expect((await call('GET /database/function/Find')).body).toMatchObject([
    { email: 'ann@example.com', bio: 'b', apple: { id: null } },
  ])
})
