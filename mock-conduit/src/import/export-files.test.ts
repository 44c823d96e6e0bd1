import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readWorld } from '@conduit-bff/fixtures'
import { afterAll, describe, expect, test } from 'vitest'
import { createMockConduit } from '../index.ts'
import { withExports } from './export-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'mock-conduit-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const conduit = { cms: { enabled: true } }
const car = {
  name: 'Car',
  fields: { _id: 'ObjectId', wheels: { type: 'Number' } },
  modelOptions: { timestamps: true, conduit },
  ownerModule: 'database',
  collectionName: 'cnd_Car',
}
const find = {
  name: 'FindCars',
  operation: 0,
  selectedSchemaName: 'Car',
  inputs: [],
  query: { AND: [] },
  assignments: [],
}
const garage = {
  name: 'Garage',
  relations: { keeper: ['User'] },
  permissions: { read: ['keeper'] },
}
const userExtension = { schemaName: 'User', extension: { fields: { nick: 'String' } } }
const blog = readWorld('blog')

describe('schemas and endpoints', () => {
  test('without files the world is as it was', () => {
    expect(withExports(blog, {})).toEqual({ world: blog, notes: [] })
  })

  test('come from their exports; users stay, documents go', () => {
    const { world, notes } = withExports(blog, {
      schemas: file('schemas.json', { schemas: [car], extensions: [userExtension] }),
      endpoints: file('endpoints.json', { endpoints: [find] }),
    })
    expect(world).toEqual({
      ...blog,
      schemas: [car],
      extensions: [userExtension],
      endpoints: [find],
      documents: {},
      files: [],
      relations: [],
    })
    expect(notes).toEqual([])
  })

  test('a bare list is taken too', () => {
    expect(withExports(blog, { schemas: file('bare.json', [car]) }).world.schemas).toEqual([car])
  })

  test('endpoints alone keep schemas and documents', () => {
    const post = { ...find, selectedSchemaName: 'Post' }
    const { world } = withExports(blog, { endpoints: file('more.json', { endpoints: [post] }) })
    expect(world).toEqual({ ...blog, endpoints: [post] })
  })

  test('what cannot be served is left out and named', () => {
    const { world, notes } = withExports(blog, {
      schemas: file('odd-schemas.json', {
        schemas: [car, { name: 'Odd', fields: 5 }, 'x'],
        extensions: [{ schemaName: 'Form' }, {}],
      }),
      endpoints: file('odd-endpoints.json', {
        endpoints: [find, { ...find, name: 'Lost', selectedSchemaName: 'Boat' }, { name: 'Half' }],
      }),
    })
    expect([world.schemas, world.extensions, world.endpoints]).toEqual([[car], [], [find]])
    expect(notes).toEqual([
      'schema Odd: fields: Invalid input: expected record, received number',
      'schema #3: Invalid input: expected object, received string',
      'extension of Form: only those of User are served',
      'extension of #2: only those of User are served',
      'endpoint Lost: there is no schema Boat',
      'endpoint Half: operation: Invalid input: expected number, received undefined',
    ])
  })

  test('are served', async () => {
    const { world } = withExports(blog, {
      schemas: file('s.json', { schemas: [car] }),
      endpoints: file('e.json', { endpoints: [find] }),
    })
    const mock = createMockConduit({ world })
    await mock.control.seed({ documents: { Car: [{ wheels: 4 }] } })
    const answer = await mock.fetch(new Request(`${mock.url}/database/function/FindCars`))
    expect(await answer.json()).toMatchObject([{ wheels: 4 }])
  })
})

describe('a state', () => {
  const secrets = {
    jwt: 'jwt-of-production',
    oauth: 'oauth-of-production',
    signing: 'ab'.repeat(32),
    aws: 'aws-of-production',
    mail: 'mail-of-production',
  }
  const state = {
    configs: {
      modules: {
        authentication: {
          accessTokens: { jwtSecret: secrets.jwt, expiryPeriod: 5_000, setCookie: 'yes' },
          google: { enabled: true, clientId: 'id', clientSecret: secrets.oauth },
          novelty: { apiKey: secrets.mail },
        },
        communications: { sendgrid: { apiKey: secrets.mail } },
        router: {
          hostUrl: 'https://api.production.example',
          security: { clientValidation: true, graphqlDepth: 3 },
        },
        storage: {
          active: true,
          aws: { secretAccessKey: secrets.aws, endpoint: 'https://s3.production.example' },
          cdnConfiguration: { conduit: 'cdn.production.example' },
          local: {
            signingSecret: secrets.signing,
            httpBaseUrl: 'https://files.production.example',
          },
        },
      },
    },
    modules: {
      authentication: { teams: [{ name: 'one' }, { name: 'two' }] },
      authorization: { resourceDefinitions: [{ ...garage, version: 1 }, {}] },
      database: { schemas: [car], extensions: [userExtension], customEndpoints: [find] },
      storage: {
        containers: [{ name: 'pictures', isPublic: true }, {}],
        folders: [{ name: 'a/', container: 'pictures' }],
      },
    },
  }
  const imported = () => withExports(blog, { state: file('state.json', state) })

  test('brings schemas, endpoints, containers and the configs of modules there are', () => {
    const { world } = imported()
    expect(world).toMatchObject({
      schemas: [car],
      extensions: [userExtension],
      endpoints: [find],
      containers: [{ name: 'pictures', isPublic: true }],
      resources: [garage],
      users: blog.users,
      documents: {},
    })
    expect(JSON.parse(JSON.stringify(world.config))).toEqual({
      authentication: {
        accessTokens: { expiryPeriod: 5_000 },
        google: { enabled: true, clientId: 'id', clientSecret: 'not-imported' },
      },
      router: { security: { clientValidation: false } },
      storage: { active: true, aws: {}, local: {} },
    })
  })

  test('names what it leaves out', () => {
    expect(imported().notes).toEqual([
      'modules.authentication.teams: 2 left out',
      'modules.storage.folders: 1 left out',
      'configs.authentication.accessTokens.jwtSecret: a secret',
      'configs.authentication.accessTokens.setCookie: expected a boolean',
      'configs.authentication.google.clientSecret: a secret',
      'configs.authentication.novelty: a key the mock has not',
      'configs.communications: a module the mock has not',
      'configs.router.hostUrl: would lead to your installation',
      'configs.router.security.graphqlDepth: a key the mock has not',
      'configs.storage.aws.secretAccessKey: a secret',
      'configs.storage.aws.endpoint: would lead to your installation',
      'configs.storage.cdnConfiguration: would lead to your installation',
      'configs.storage.local.signingSecret: a secret',
      'configs.storage.local.httpBaseUrl: would lead to your installation',
      'configs.router.security.clientValidation: switched off, since an export holds no clients',
    ])
  })

  test('leaves no secret and no address behind, nor in the notes', () => {
    const kept = JSON.stringify(imported())
    for (const value of [...Object.values(secrets), 'production'])
      expect(kept.includes(value)).toBe(false)
  })

  test('its absent keys keep the defaults', async () => {
    const mock = createMockConduit({ world: imported().world })
    const { authentication, storage } = await mock.control.config()
    expect(authentication.accessTokens).toMatchObject({ jwtSecret: 'S3CR3T', expiryPeriod: 5_000 })
    expect(storage).toMatchObject({ active: true, local: { signingSecret: '', httpBaseUrl: '' } })
  })

  test('the schemas’ own file wins', () => {
    const { world } = withExports(blog, {
      state: file('both.json', state),
      schemas: file('bus.json', [{ ...car, name: 'Bus' }]),
    })
    expect(world.schemas.map(({ name }) => name)).toEqual(['Bus'])
  })

  test('a secure world of clients keeps their check', () => {
    const clients = [{ platform: 'WEB', domain: '*', id: 'i', secret: 's' }]
    const { world } = withExports({ ...blog, clients }, { state: file('clients.json', state) })
    expect(world.config).toMatchObject({ router: { security: { clientValidation: true } } })
  })
})

test('names the file that cannot be used', () => {
  expect(() => withExports(blog, { schemas: join(folder, 'absent.json') })).toThrow('absent.json')
  expect(() => withExports(blog, { endpoints: file('odd.json', { x: 1 }) })).toThrow(
    'odd.json: expected a list under "endpoints", as Conduit\'s export writes it.',
  )
  expect(() => withExports(blog, { state: file('broken.json', '{') })).toThrow(
    'broken.json: it is not JSON',
  )
})
