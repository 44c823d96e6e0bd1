import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readWorld } from '@conduit-bff/fixtures'
import { expect, test } from 'vitest'
import { withExports } from './export-files.ts'

const folder = mkdtempSync(join(tmpdir(), 'mock-conduit-'))

function file(name: string, content: unknown): string {
  const path = join(folder, name)
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
  return path
}

const car = { name: 'Car', fields: {} }
const find = { name: 'findCar', selectedSchemaName: 'Car' }
const blog = readWorld('blog')

test('without files the world is as it was', () => {
  expect(withExports(blog, {})).toBe(blog)
})

test('schemas and endpoints come from their exports, users stay, documents go', () => {
  const world = withExports(blog, {
    schemas: file('schemas.json', { schemas: [car], extensions: [{ schemaName: 'User' }] }),
    endpoints: file('endpoints.json', { endpoints: [find] }),
  })
  expect(world).toMatchObject({
    schemas: [car],
    extensions: [{ schemaName: 'User' }],
    endpoints: [find],
    documents: {},
    files: [],
    relations: [],
    users: blog.users,
  })
})

test('a bare list is taken too', () => {
  expect(withExports(blog, { schemas: file('bare.json', [car]) }).schemas).toEqual([car])
})

test('endpoints alone keep the schemas and documents', () => {
  const world = withExports(blog, { endpoints: file('more.json', { endpoints: [find] }) })
  expect(world).toEqual({ ...blog, endpoints: [find] })
})

test('a state export brings schemas, endpoints, containers and the configs of modules there are', () => {
  const state = file('state.json', {
    configs: {
      modules: {
        authentication: { accessTokens: { expiryPeriod: 5_000 } },
        email: { secret: 'x' },
      },
    },
    modules: {
      database: { schemas: [car], extensions: [], customEndpoints: [find] },
      storage: { containers: [{ name: 'pictures', isPublic: true }], folders: [] },
    },
  })
  expect(withExports(blog, { state })).toMatchObject({
    schemas: [car],
    endpoints: [find],
    containers: [{ name: 'pictures', isPublic: true }],
    config: { authentication: { accessTokens: { expiryPeriod: 5_000 } } },
  })
  expect(withExports(blog, { state }).config).not.toHaveProperty('email')
})

test('names the file that cannot be used', () => {
  expect(() => withExports(blog, { schemas: join(folder, 'absent.json') })).toThrow('absent.json')
  expect(() => withExports(blog, { endpoints: file('odd.json', { x: 1 }) })).toThrow(
    'odd.json: expected a list under "endpoints", as Conduit\'s export writes it.',
  )
  expect(() => withExports(blog, { state: file('broken.json', '{') })).toThrow('broken.json')
})
