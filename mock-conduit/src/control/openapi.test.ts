import { describe, expect, test } from 'vitest'
import { createMockConduit } from '../index.ts'
import { controlOperations } from './operations.ts'
import { LOGIN, smallWorld, startSmallMock } from './test-mock.ts'

interface Document {
  openapi: string
  servers: { url: string }[]
  paths: Record<string, Record<string, { operationId: string; parameters?: { name: string }[] }>>
}

async function document(prefix = ''): Promise<Document> {
  const { fetch, url, control } = createMockConduit({ world: smallWorld })
  if (prefix) await control.createWorld({ name: prefix.slice(2) })
  const answer = await fetch(new Request(`${url}${prefix}/__mock/openapi.json`))
  return (await answer.json()) as Document
}

describe('the OpenAPI document', () => {
  test('holds every operation under its own id', async () => {
    const { openapi, paths } = await document()
    const held = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const wanted = controlOperations.map(
      ({ method, path }) => `${method} /__mock${path.replace(/:(\w+)/g, '{$1}')}`,
    )
    expect(openapi).toBe('3.1.0')
    expect(held.sort()).toEqual(wanted.sort())
    const ids = Object.values(paths).flatMap((methods) =>
      Object.values(methods).map(({ operationId }) => operationId),
    )
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('tells path and query parameters', async () => {
    const { paths } = await document()
    const wait = paths['/__mock/gates/{id}/wait']?.['get']
    expect(wait?.operationId).toBe('getGatesIdWait')
    expect(wait?.parameters?.map(({ name }) => name)).toEqual(['id', 'waiting', 'timeoutMs'])
  })

  test('names the world it is served from', async () => {
    expect((await document('/~second')).servers).toEqual([{ url: 'http://localhost:3000/~second' }])
  })
})

test('real answers have the shapes that the document promises', async () => {
  await using mock = await startSmallMock()
  const { control } = mock
  await fetch(`${mock.url}/authentication/local`, { method: 'POST', body: '{}' })
  await fetch(`${mock.url}/nowhere`)
  const fault = await control.addFault({ operation: LOGIN, effect: { status: 500 } })
  const gate = await control.addGate({ operation: LOGIN })
  await control.openPort('second')
  const inputs: Record<string, unknown> = {
    'POST /worlds': { name: 'second' },
    'POST /clock': { advanceMs: 0 },
    'PUT /config': {},
    'PUT /options': {},
    'POST /seed': { documents: { Note: [{ title: 'one' }] } },
    'POST /faults': { operation: LOGIN, effect: { socket: 'drip' } },
    'POST /gates': { operation: LOGIN, until: 2 },
    'POST /ports': { label: 'third' },
  }
  const ids: Record<string, string> = { Fault: fault.id, Gate: gate.id }
  const last = ['DELETE', 'POST /reset']
  const rank = (name: string) => (last.some((start) => name.startsWith(start)) ? 1 : 0)
  const calls = controlOperations
    .map((operation) => ({ ...operation, name: `${operation.method} ${operation.path}` }))
    .sort((a, b) => rank(a.name) - rank(b.name))
  for (const { name, method, path, body, answer } of calls) {
    if (name === 'DELETE /faults' || name === 'DELETE /gates' || name === 'POST /reset') continue
    const filled = path
      .replace(':name', 'second')
      .replace(':idOrEmail', 'ann@example.com')
      .replace(':schema', 'Note')
      .replace(':label', 'third')
      .replace(':id', path.startsWith('/faults') ? (ids['Fault'] ?? '') : (ids['Gate'] ?? ''))
    const query = path.endsWith('/wait') ? '?timeoutMs=0' : ''
    const response = await fetch(`${mock.url}/__mock${filled}${query}`, {
      method,
      ...(body ? { body: JSON.stringify(inputs[name] ?? {}) } : {}),
    })
    const told: unknown = await response.json()
    if (path === '/gates/:id/wait') expect([name, response.status]).toEqual([name, 408])
    else expect([name, answer.safeParse(told).error]).toEqual([name, undefined])
  }
})

describe('exports of the journal', () => {
  test('HAR 1.2 with absolute URLs and what HAR has no field for', async () => {
    const { control, ...mock } = createMockConduit({ world: smallWorld })
    await control.freeze()
    await control.setTime(0)
    await mock.fetch(
      new Request(`${mock.url}/authentication/local?x=1`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"email":1}',
      }),
    )
    const { log } = JSON.parse(await control.exportJournal('har')) as {
      log: { version: string; entries: Record<string, unknown>[] }
    }
    expect(log.version).toBe('1.2')
    expect(log.entries).toMatchObject([
      {
        startedDateTime: '1970-01-01T00:00:00.000Z',
        request: {
          method: 'POST',
          url: 'http://localhost:3000/authentication/local?x=1',
          queryString: [{ name: 'x', value: '1' }],
          postData: { mimeType: 'application/json', text: '{"email":1}' },
          bodySize: 11,
        },
        response: { status: 400, content: { mimeType: 'text/html; charset=utf-8' } },
        _mock: { seq: 1, operation: LOGIN, close: 'complete' },
      },
    ])
  })

  test('NDJSON, one entry a line', async () => {
    const { control, ...mock } = createMockConduit({ world: smallWorld })
    await mock.fetch(new Request(`${mock.url}/a`))
    await mock.fetch(new Request(`${mock.url}/b`))
    const lines = (await control.exportJournal('ndjson')).trimEnd().split('\n')
    const { entries } = await control.journal()
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(entries)
  })
})
