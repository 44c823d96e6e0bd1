import { expect, test } from 'vitest'
import { createMockConduit } from '../index.ts'

/** A document as far as these tests look into it. */
interface Document {
  servers: unknown
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown>; securitySchemes: Record<string, unknown> }
}
interface Operation {
  tags: string[]
  parameters: unknown[]
  requestBody?: { required: boolean; content: Record<string, { schema: unknown }> }
  responses: Record<string, { content?: unknown }>
  security: unknown
}

async function documentOf(config: Record<string, unknown> = {}): Promise<Document> {
  const mock = createMockConduit({ world: 'blog' })
  await mock.control.setConfig(config)
  const answer = await mock.fetch(new Request(`${mock.url}/swagger.json`))
  return (await answer.json()) as Document
}

test('a list declares its query, its page of documents and who may ask', async () => {
  const { paths, components } = await documentOf()
  const list = paths['/database/Post']?.['get']
  expect(list?.tags).toEqual(['database'])
  expect(list?.parameters).toEqual(
    expect.arrayContaining([
      { name: 'skip', in: 'query', required: false, schema: { type: 'number' } },
      {
        name: 'sort',
        in: 'query',
        required: false,
        schema: { type: 'array', items: { type: 'string' }, minItems: 0 },
      },
    ]),
  )
  expect(list?.security).toEqual([{ userToken: [] }])
  expect(Object.keys(list?.responses ?? {})).toEqual(['200', '400', '401', '403', '500'])
  expect(list?.responses['200']?.content).toEqual({
    'application/json': { schema: { $ref: '#/components/schemas/getPost' } },
  })
  expect(components.schemas['getPost']).toMatchObject({
    properties: {
      documents: { type: 'array', items: { properties: { title: { type: 'string' } } } },
      count: { type: 'number' },
    },
  })
})

test('relations are a document or its id in answers, an id in bodies', async () => {
  const { paths, components } = await documentOf()
  expect(components.schemas['Post']).toMatchObject({
    properties: { author: { oneOf: [{ $ref: '#/components/schemas/User' }, { type: 'string' }] } },
  })
  const create = paths['/database/Post']?.['post']?.requestBody
  expect(create).toMatchObject({
    required: true,
    content: { 'application/json': { schema: { properties: { author: { type: 'string' } } } } },
  })
})

test('every reference is to a schema of the document', async () => {
  const document = await documentOf()
  const references = JSON.stringify(document).match(/#\/components\/schemas\/\w+/g) ?? []
  const missing = references.filter(
    (each) => !Object.hasOwn(document.components.schemas, each.split('/').at(-1) ?? ''),
  )
  expect([references.length > 0, missing]).toEqual([true, []])
})

test('security clients are asked for while client validation is on; the server is named', async () => {
  const { paths, components, servers } = await documentOf({
    router: { hostUrl: 'https://api.example.com', security: { clientValidation: true } },
  })
  expect(Object.keys(components.securitySchemes)).toEqual(['clientId', 'clientSecret', 'userToken'])
  expect(paths['/authentication/local']?.['post']?.security).toEqual([
    { clientId: [], clientSecret: [] },
  ])
  expect(paths['/authentication/user']?.['get']?.security).toEqual([
    { clientId: [], clientSecret: [], userToken: [] },
  ])
  expect(servers).toEqual([{ url: 'https://api.example.com', description: 'Your API url' }])
})

test('a hook belongs to its module, a route without one to the core', async () => {
  const { paths } = await documentOf()
  const hook = paths['/hook/authentication/verify-email/{verificationToken}']?.['get']
  expect([hook?.tags, paths['/ready']?.['get']?.tags]).toEqual([['authentication'], ['core']])
})
