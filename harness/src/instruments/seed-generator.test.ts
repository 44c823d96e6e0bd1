import { expect, it } from 'vitest'
import { generateDocuments, type SchemaLike } from './seed-generator.ts'

const schemas: SchemaLike[] = [
  {
    name: 'Post',
    fields: {
      title: { type: 'String', required: true },
      status: { type: 'String', default: 'draft' },
      kind: { type: 'String', enum: ['a', 'b'] },
      author: { type: 'Relation', model: 'User' },
      cover: { type: 'Relation', model: 'File' },
      parent: { type: 'Relation', model: 'Topic' },
      tags: [{ type: 'String' }],
      size: { width: 'Number' },
    },
    conduitOptions: { authorization: { enabled: true } },
  },
  { name: 'Topic', fields: { name: 'String' } },
  { name: 'Hidden', fields: { x: 'String' }, conduitOptions: { cms: { enabled: false } } },
]

it('fills every field by its type, with a marker in every text', () => {
  const made = generateDocuments({ schemas, ownerId: 'u1', fileId: 'f1', perSchema: 2 })
  const [first, second] = made.documents?.['Post'] ?? []
  const topic = made.documents?.['Topic']?.[0]
  expect(Object.keys(made.documents ?? {})).toEqual(['Post', 'Topic'])
  expect({ ...first, _id: '', title: '', tags: [] }).toEqual({
    _id: '',
    title: '',
    status: 'draft',
    kind: 'a',
    author: 'u1',
    cover: 'f1',
    parent: topic?.['_id'],
    tags: [],
    size: { width: 0 },
  })
  expect([second?.['kind'], made.markers.includes(String(first?.['title']))]).toEqual(['b', true])
  expect(made.relations?.map(({ subject, relation }) => `${relation} ${subject}`)).toEqual([
    'owner User:u1',
    'owner User:u1',
  ])
})

it('can keep to the schemas that belong to somebody', () => {
  const made = generateDocuments({
    schemas,
    ownerId: 'u1',
    fileId: undefined,
    perSchema: 1,
    ownedOnly: true,
  })
  expect(Object.keys(made.documents ?? {})).toEqual(['Post'])
})
