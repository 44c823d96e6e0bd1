import { expect, test } from 'vitest'
import { collections, failure, openSchema } from './test-collection.ts'

const target = '0b2f6c1e-8a55-4c8e-9d2f-1a2b3c4d5e6f'
const schemas = [
  openSchema('Target', { name: 'String' }),
  openSchema('Thing', {
    title: { type: 'String', required: true },
    slug: { type: 'String', unique: true },
    long: { type: 'String', sqlType: 'TEXT' },
    secret: { type: 'String', select: false },
    target: { type: 'Relation', model: 'Target', required: true },
    targets: [{ type: 'Relation', model: 'Target' }],
    many: [{ type: 'Relation', model: 'Target' }],
    place: { city: { type: 'String' }, zip: { type: 'String' } },
    state: { type: 'String', default: 'new' },
  }),
]
const valid = { title: 'a', target }

async function thing(fields: Record<string, unknown> = {}) {
  const backend = await collections({ schemas })
  const { body } = await backend.call('POST /database/Thing', { ...valid, ...fields })
  return { ...backend, created: body as Record<string, unknown> & { _id: string } }
}

test('a missing required relation is refused by the name of its key, after the other columns', async () => {
  const { call } = await collections({ schemas })
  expect(await call('POST /database/Thing', {})).toEqual(
    failure(
      'notNull Violation: cnd_Thing.title cannot be null,\nnotNull Violation: cnd_Thing.targetId cannot be null',
    ),
  )
  expect(await call('POST /database/Thing/many', { docs: [{ title: 'a' }] })).toEqual(
    failure('null value in column "targetId" of relation "cnd_Thing" violates not-null constraint'),
  )
})

test('PUT keeps a single relation that is left out, required or not, and empties the rest', async () => {
  const { call, created } = await thing({ slug: 's', state: 'old' })
  expect(await call(`PUT /database/Thing/${created._id}`, { title: 'b' })).toMatchObject({
    status: 200,
    body: { title: 'b', target, slug: null, state: null },
  })
})

test('a taken unique value is refused, in one insert, in a bulk and in its own rows', async () => {
  const { call, mock } = await thing({ slug: 's' })
  const refused = failure('Validation error')
  expect(await call('POST /database/Thing', { ...valid, slug: 's' })).toEqual(refused)
  const bulk = (docs: unknown[]) => call('POST /database/Thing/many', { docs })
  expect(await bulk([valid, { ...valid, slug: 's' }])).toEqual(refused)
  expect(await bulk([1, 2].map(() => ({ ...valid, slug: 't' })))).toEqual(refused)
  expect(await mock.control.documents('Thing')).toHaveLength(1)
})

test('PATCH to a taken unique value is refused, to its own it is not', async () => {
  const { call, created } = await thing({ slug: 's' })
  await call('POST /database/Thing', { ...valid, slug: 't' })
  expect(await call(`PATCH /database/Thing/${created._id}`, { slug: 't' })).toEqual(
    failure('Validation error'),
  )
  expect((await call(`PATCH /database/Thing/${created._id}`, { slug: 's' })).status).toBe(200)
})

test('256 characters are too long for a String, not for a TEXT', async () => {
  const { call } = await thing()
  const text = 'x'.repeat(256)
  expect(await call('POST /database/Thing', { ...valid, slug: text })).toEqual(
    failure('value too long for type character varying(255)'),
  )
  expect((await call('POST /database/Thing', { ...valid, long: text })).status).toBe(200)
})

test('a hidden column is shown by create, not by reads and updates; to-many relations are shown by neither', async () => {
  const { call, created } = await thing({ secret: 'x', targets: [target] })
  expect(created['secret']).toBe('x')
  expect(Object.keys(created)).not.toContain('targets')
  for (const operation of ['GET', 'PATCH', 'PUT']) {
    const json = operation === 'GET' ? undefined : valid
    const { body } = await call(`${operation} /database/Thing/${created._id}`, json)
    expect(Object.keys(body as object)).toContain('title')
    expect(Object.keys(body as object)).not.toContain('secret')
    expect(Object.keys(body as object)).not.toContain('targets')
  }
})

test('a to-many relation whose name has no s at its end cannot be written, not even empty', async () => {
  const { call, created, mock } = await thing()
  const refused = failure('doc[modelName] is not a function')
  expect(await call('POST /database/Thing', { ...valid, many: [] })).toEqual(refused)
  expect(await call(`PATCH /database/Thing/${created._id}`, { many: [] })).toEqual(refused)
  expect(await mock.control.documents('Thing')).toHaveLength(1)
  expect(await call('POST /database/Thing/many', { docs: [{ ...valid, many: [] }] })).toMatchObject(
    { status: 200 },
  )
})

test('each leaf of a nested object is a column of its own: null or its default where it is left out', async () => {
  const nested = {
    box: { label: 'String', size: { type: 'Number', default: 3 }, in: { deep: 'Date' } },
    typed: { type: { key: { type: 'String', required: true } } },
  }
  const { call } = await collections({ schemas: [openSchema('Crate', nested)] })
  expect(await call('POST /database/Crate', { typed: {} })).toEqual(
    failure('notNull Violation: cnd_Crate.typed_key cannot be null'),
  )
  const made = await call('POST /database/Crate', { typed: { key: 'k' } })
  expect(made).toMatchObject({
    body: { box: { label: null, size: 3, in: { deep: null } }, typed: { key: 'k' } },
  })
  const { _id } = made.body as { _id: string }
  expect(
    await call('PATCH /database/Crate/many', { docs: [{ _id, box: { label: 'l' } }] }),
  ).toMatchObject({
    body: { docs: [{ box_label: 'l', box_size: 3, box_in_deep: null, typed_key: 'k' }] },
  })
  expect(await call(`PUT /database/Crate/${_id}`, { typed: { key: 'm' } })).toMatchObject({
    body: { box: { label: null, size: null, in: { deep: null } }, typed: { key: 'm' } },
  })
})

test('a value is read as its column’s type, in PostgreSQL’s words', async () => {
  const typed = (type: string, sqlType: string) => ({ type, sqlType })
  const fields = {
    id: 'ObjectId',
    whole: typed('Number', 'INT'),
    long: typed('Number', 'BIGINT'),
    exact: typed('Number', 'DECIMAL'),
  }
  const { call } = await collections({ schemas: [openSchema('Typed', fields)] })
  const post = (body: unknown) => call('POST /database/Typed', body)
  expect(await post({ id: target.toUpperCase(), whole: 4, long: 9, exact: 1e21 })).toMatchObject({
    body: { id: target, whole: 4, long: '9', exact: '1000000000000000000000' },
  })
  const syntax = (type: string, text: string) =>
    failure(`invalid input syntax for type ${type}: "${text}"`)
  expect(await post({ id: 'x' })).toEqual(syntax('uuid', 'x'))
  expect(await post({ whole: 1.5 })).toEqual(syntax('integer', '1.5'))
  expect(await post({ long: 1e21 })).toEqual(syntax('bigint', '1e+21'))
  expect(await post({ whole: 2 ** 31 })).toEqual(
    failure('value "2147483648" is out of range for type integer'),
  )
})

test('PATCH merges a nested object leaf by leaf', async () => {
  const { call, created } = await thing({ place: { city: 'Bern', zip: '3000' } })
  expect(
    await call(`PATCH /database/Thing/${created._id}`, { place: { city: 'Thun' } }),
  ).toMatchObject({ body: { place: { city: 'Thun', zip: '3000' } } })
})

test('ids mean the same in capitals and without dashes, and come back in PostgreSQL’s form', async () => {
  const { call, created } = await thing({ target: target.toUpperCase() })
  expect(created['target']).toBe(target)
  const bare = created._id.replaceAll('-', '').toUpperCase()
  expect(await call(`GET /database/Thing/${bare}`)).toMatchObject({ body: { _id: created._id } })
})

test('of a negative skip and a negative limit the skip is refused first', async () => {
  const { call } = await thing()
  expect(await call('GET /database/Thing?skip=-1&limit=-1')).toEqual(
    failure('OFFSET must not be negative'),
  )
})

test('what cannot be populated is refused before anything is read', async () => {
  const { call } = await thing()
  const refusal = failure(
    'Include unexpected. Element has to be either a Model, an Association or an object.',
  )
  expect(await call('GET /database/Thing?skip=9&populate=constructor')).toEqual(refusal)
  expect(await call(`GET /database/Thing/${target}?populate=constructor`)).toEqual(refusal)
})
