import { expect, test } from 'vitest'
import { collections, openSchema } from './test-collection.ts'

const schemas = [
  openSchema('Author', { name: 'String' }),
  openSchema('Book', {
    title: 'String',
    a: { b: { type: 'Relation', model: 'Author' }, bc: { type: 'Relation', model: 'Author' } },
    writers: [{ type: 'Relation', model: 'Author' }],
  }),
]

async function book(fields: (author: string) => Record<string, unknown>) {
  const { call } = await collections({ schemas })
  const author = (await call('POST /database/Author', { name: 'Ada' })).body as { _id: string }
  const made = (await call('POST /database/Book', fields(author._id))).body as { _id: string }
  const read = async (populate: string) =>
    (await call(`GET /database/Book/${made._id}?populate=${populate}`)).body
  return { author, made, read }
}

test('a relation in a nested object hides one whose name begins alike', async () => {
  const { author, read } = await book((id) => ({ a: { b: id, bc: id } }))
  expect(await read('a.bc')).toMatchObject({ _id: author._id, title: null, a: { b: {} } })
  expect(await read('a.b')).toMatchObject({ a: { b: { name: 'Ada' }, bc: author._id } })
  expect(await read('a.b&populate=a.bc')).toMatchObject({ a: { b: { name: 'Ada' } } })
})

test('each document of a to-many relation has its row of the table between', async () => {
  const { author, made, read } = await book((id) => ({ writers: [id] }))
  expect(await read('writers')).toMatchObject({
    writers: [
      {
        _id: author._id,
        name: 'Ada',
        cnd_Book_Author: { Book: made._id, Author: author._id },
      },
    ],
  })
})

test('a to-many relation that nothing was put into is empty', async () => {
  const { read } = await book(() => ({ title: 'x' }))
  expect(await read('writers')).toMatchObject({ writers: [] })
})
