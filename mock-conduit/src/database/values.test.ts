import { expect, test } from 'vitest'
import { collections, failure, openSchema } from './test-collection.ts'

const schemas = [
  openSchema('Target', { name: 'String' }),
  openSchema('Thing', {
    title: 'String',
    tags: ['String'],
    meta: 'JSON',
    at: 'Date',
    target: { type: 'Relation', model: 'Target' },
  }),
]

async function post(fields: Record<string, unknown>) {
  const { call } = await collections({ schemas })
  return call('POST /database/Thing', fields)
}

const uuid = '0b2f6c1e-8a55-4c8e-9d2f-1a2b3c4d5e6f'

test.each([
  `{${uuid}}`,
  uuid.replaceAll('-', ''),
  '0b2f-6c1e-8a55-4c8e-9d2f-1a2b-3c4d-5e6f',
  uuid.toUpperCase(),
])('the uuid %s is taken, and shown in its usual form', async (written) => {
  expect(await post({ target: written })).toMatchObject({ status: 200, body: { target: uuid } })
})

test.each([`{${uuid}`, `${uuid}-`, `0${uuid}`, 'a\0b'])('%j is no uuid', async (written) => {
  expect(await post({ target: written })).toEqual(
    failure(`invalid input syntax for type uuid: "${written.replace('\0', '\\0')}"`),
  )
})

test('NUL is escaped in a text, and refused in a list and in JSON', async () => {
  expect(await post({ title: 'a\0b' })).toMatchObject({ body: { title: 'a\\0b' } })
  expect(await post({ tags: ['a\0b'] })).toEqual(
    failure('invalid byte sequence for encoding "UTF8": 0x00'),
  )
  expect(await post({ meta: { a: 'a\0b' } })).toEqual(
    failure('unsupported Unicode escape sequence'),
  )
  expect(await post({ meta: { a: '\\u0000' } })).toMatchObject({ status: 200 })
})

test('half a surrogate pair becomes U+FFFD in a text, and is refused in JSON', async () => {
  expect(await post({ title: 'a\ud800' })).toMatchObject({ body: { title: 'a\ufffd' } })
  expect(await post({ meta: { a: '\ud800' } })).toEqual(
    failure('invalid input syntax for type json'),
  )
})

test('PostgreSQL knows no year 0', async () => {
  expect(await post({ at: '0000-01-02T03:04:05Z' })).toEqual(
    failure('date/time field value out of range: "0000-01-02 03:04:05.000 +00:00"'),
  )
  expect(await post({ at: '0001-01-01T00:00:00Z' })).toMatchObject({ status: 200 })
})

test('issues are told in the order in which a stored schema keeps its fields: shorter names first', async () => {
  const { call, mock } = await collections({ schemas })
  await mock.control.setOptions({ mode: 'development' })
  const { status, body } = await call('POST /database/Thing', { title: 1, tags: 'x', meta: 5 })
  expect(status).toBe(400)
  const told = [...String(body).matchAll(/(title|tags|meta): /g)].map(([, field]) => field)
  expect(told).toEqual(['meta', 'tags', 'title'])
})
