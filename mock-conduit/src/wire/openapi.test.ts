import { expect, test } from 'vitest'
import { createMockConduit } from '../index.ts'
import { testWorld } from '../test-world.ts'

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

test('a field of the body’s own name takes the place of all before it, and nested fields are never called required', async () => {
  const world = testWorld({
    schemas: [
      {
        name: 'Letter',
        fields: {
          to: { type: 'String', required: true },
          body: 'String',
          subject: 'String',
          lines: [{ text: { type: 'String', required: true } }],
        },
      },
    ],
  })
  const mock = createMockConduit({ world })
  const answer = await mock.fetch(new Request(`${mock.url}/swagger.json`))
  const { paths, components } = (await answer.json()) as Document
  const lines = {
    type: 'array',
    items: { type: 'object', properties: { text: { type: 'string' } } },
  }
  expect(paths['/database/Letter']?.['post']?.requestBody?.content).toEqual({
    'application/json': {
      schema: { type: 'string', properties: { lines, subject: { type: 'string' } } },
    },
  })
  expect(components.schemas['createLetter']).toMatchObject({ properties: { lines } })
})

test('routes of other modules name their answers and examples of their errors', async () => {
  const { paths, components } = await documentOf()
  expect(paths['/authentication/local']?.['post']?.responses['200']?.content).toEqual({
    'application/json': { schema: { $ref: '#/components/schemas/LoginResponse' } },
  })
  expect(components.schemas['LoginResponse']).toMatchObject({
    properties: { accessToken: { type: 'string' } },
  })
  expect(components.schemas['User']).toMatchObject({ properties: { email: { type: 'string' } } })
  const register = paths['/authentication/local/new']?.['post']?.responses
  expect(register?.['500']?.content).toMatchObject({
    'application/json': { example: { message: 'User already exists', conduitCode: 'USER_EXISTS' } },
  })
  expect(paths['/authentication/renew']?.['post']?.security).toEqual([{ userToken: [] }])
})
