import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { failure } from '../database/test-collection.ts'
import { ANN, BOB, guarded, makeDoc } from './test-guarded.ts'

const SUBJECT = 'Subject must be a valid resource identifier'
const NOT_THERE = "Document doesn't exist or can't be modified by user."
const rethrown = (method: string, text: string) =>
  failure(`/authorization.Authorization/${method} INTERNAL: ${text}`)

test('making many: none at all and an empty scope are refused by the authorization module, the documents stay', async () => {
  const { ann, mock } = await guarded()
  expect(await ann('POST /database/Doc/many', { docs: [] })).toEqual(
    rethrown('CreateRelations', 'Missing relations (subject, relation, object)'),
  )
  expect(await ann('POST /database/Doc/many?scope=', { docs: [] })).toEqual(
    rethrown('CreateRelations', 'Subject resource not found'),
  )
  expect(await ann('POST /database/Doc/many?scope=', { docs: [{ title: 'a' }] })).toEqual(
    rethrown('CreateRelations', SUBJECT),
  )
  expect((await mock.control.documents('Doc')).length).toBe(1)
})

test('changing many looks at the scope for each document, so not at all for none', async () => {
  const { ann } = await guarded()
  const scope = `scope=User:${BOB}`
  for (const method of ['PUT', 'PATCH']) {
    const many = (docs: unknown[]) => ann(`${method} /database/Doc/many?${scope}`, { docs })
    expect(await many([])).toEqual({ status: 200, body: { docs: [] } })
    expect(await many([{ title: 'x' }])).toEqual(
      failure(`User:${ANN} is not allowed to edit User:${BOB}`),
    )
  }
})

test('changing many without an id changes the first that may be changed', async () => {
  const { ann, bob } = await guarded()
  const docs = [{ title: 'x' }]
  expect(await bob('PATCH /database/Doc/many', { docs })).toEqual(failure(NOT_THERE))
  await makeDoc(ann, 'of ann')
  const id = await makeDoc(bob, 'of bob')
  const { body } = await bob('PATCH /database/Doc/many', { docs })
  expect(body).toMatchObject({ docs: [{ _id: id, title: 'x' }] })
})

const inTitle = {
  AND: [{ schemaField: 'title', operation: 0, comparisonField: { type: 'Input', value: 'title' } }],
}
const inputs = [{ name: 'title', type: 'String', location: 1 }]
const assignments = [
  { schemaField: 'title', action: 0, assignmentField: { type: 'Custom', value: 'changed' } },
]
const about = { selectedSchemaName: 'Doc', authentication: true }
const endpoints = [
  { ...about, name: 'Make', operation: 1, assignments },
  { ...about, name: 'Change', operation: 4, inputs, query: inTitle, assignments },
  { ...about, name: 'Drop', operation: 3, inputs, query: inTitle },
  {
    ...about,
    name: 'ById',
    operation: 0,
    inputs: [{ name: 'id', type: 'String', location: 1 }],
    query: {
      AND: [{ schemaField: '_id', operation: 0, comparisonField: { type: 'Input', value: 'id' } }],
    },
  },
]

test('custom endpoints: a POST with an empty scope is refused with the method’s name', async () => {
  const { ann } = await guarded({ endpoints })
  expect(await ann('POST /database/function/Make?scope=')).toEqual(
    rethrown('CreateRelation', SUBJECT),
  )
})

test('custom endpoints: the scope is looked at before the values', async () => {
  const { ann } = await guarded({ endpoints })
  const byId = (query: string) => ann(`GET /database/function/ById?id=zzz${query}`)
  expect(await byId(`&scope=User:${BOB}`)).toEqual(
    failure(`User:${ANN} is not allowed to read User:${BOB}`),
  )
  expect(await byId('')).toEqual(failure('invalid input syntax for type uuid: "zzz"'))
})

test('custom endpoints: a PATCH that finds something changes everything, of others too', async () => {
  const { ann, bob } = await guarded({ endpoints })
  const change = (title: string) => ann(`PATCH /database/function/Change?title=${title}`)
  await makeDoc(ann, 'a')
  const id = await makeDoc(bob, 'b')
  expect((await change('b')).body).toEqual([])
  expect((await change('a')).body).toMatchObject([{ title: 'a' }, { title: 'b' }])
  expect((await bob(`GET /database/Doc/${id}`)).body).toMatchObject({ title: 'changed' })
})

test('custom endpoints: a DELETE takes everything that the caller may delete', async () => {
  const { ann, bob } = await guarded({ endpoints })
  for (const title of ['a', 'b']) await makeDoc(ann, title)
  await makeDoc(bob, 'c')
  expect((await ann('DELETE /database/function/Drop?title=zzz')).body).toEqual({ deletedCount: 2 })
  expect((await bob('GET /database/Doc')).body).toMatchObject({ count: 1 })
})

test('an unknown field to sort by is told of the view that the caller reads; nothing is populated for who may read nothing', async () => {
  const { ann } = await guarded()
  const view = createHash('sha256').update(`Doc_User:${ANN}_read`).digest('hex').slice(0, 63)
  expect(await ann('GET /database/Doc?sort=nope')).toEqual(
    failure(`column ${view}.nope does not exist`),
  )
  expect(await ann('GET /database/Doc?populate=constructor')).toMatchObject({ status: 200 })
  await makeDoc(ann, 'of ann')
  expect(await ann('GET /database/Doc?populate=constructor')).toMatchObject({ status: 500 })
})
