import { expect, test } from 'vitest'
import { collections, failure, openSchema } from './test-collection.ts'

const relation = (model: string) => ({ type: 'Relation', model })
const schemas = [
  openSchema('Label', { slug: 'String' }),
  openSchema('Book', {
    title: 'String',
    secret: { type: 'String', select: false },
    author: relation('User'),
    labels: [relation('Label')],
  }),
  openSchema('Loan', {
    title: 'String',
    secret: 'String',
    note: 'String',
    book: relation('Book'),
    labels: [relation('Label')],
  }),
]

async function loan(linked: boolean) {
  const { call } = await collections({ schemas })
  const made = async (schema: string, fields: object) =>
    (await call(`POST /database/${schema}`, fields)).body as { _id: string; createdAt: string }
  const book = await made('Book', { title: 'book', secret: 's' })
  const fields = { title: 'loan', note: 'n', secret: 'own', ...(linked ? { book: book._id } : {}) }
  const { _id } = await made('Loan', fields)
  return {
    book,
    populated: (paths: string) => call(`GET /database/Loan/${_id}?populate=${paths}`),
  }
}

test('a to-many relation that was never written is an empty list', async () => {
  const { populated } = await loan(true)
  expect(await populated('labels')).toMatchObject({ status: 200, body: { labels: [] } })
  expect(await populated('book,book.labels')).toMatchObject({ body: { book: { labels: [] } } })
})

test('a path to no relation of the target brings the target’s columns of the same names, unless they are hidden', async () => {
  const { book, populated } = await loan(true)
  expect((await populated('book.nope')).body).toMatchObject({
    ...{ _id: book._id, createdAt: book.createdAt, title: 'book' },
    ...{ secret: 'own', note: 'n', book: {} },
  })
})

test.each(['book.nope', 'book.title', 'book.author'])(
  'without a target %s brings nulls',
  async (path) => {
    const { populated } = await loan(false)
    expect((await populated(path)).body).toMatchObject({
      ...{ _id: null, createdAt: null, title: null },
      ...{ secret: 'own', note: 'n', book: null },
    })
  },
)

test.each([true, false])(
  'a to-many relation behind one that is not populated fails, linked: %s',
  async (linked) => {
    const { populated } = await loan(linked)
    expect(await populated('book.labels')).toEqual(
      failure("Cannot read properties of undefined (reading 'labels')"),
    )
  },
)
