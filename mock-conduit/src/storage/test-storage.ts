import type { WorldDefinition } from '@conduit-bff/fixtures'
import { createApp } from '../app.ts'
import type { SeedFile } from '../control/types.ts'
import { testWorld } from '../test-world.ts'
import { realPorts, type OptionsPatch, Worlds } from '../worlds.ts'

export const PASSWORD = 'correct horse battery 1'
export const STORAGE_BASE = 'http://storage.test'
/** The clock of every test world stands here. */
export const NOW = Date.UTC(2026, 0, 1)
export const NOWHERE = '00000000-0000-4000-8000-000000000000'

export interface Answer {
  status: number
  body: unknown
  headers: Headers
}

export interface Call {
  json?: unknown
  auth?: string
}

export interface Wishes {
  storage?: Record<string, unknown>
  authentication?: Record<string, unknown>
  options?: OptionsPatch
  files?: SeedFile[]
  containers?: WorldDefinition['containers']
}

/** A world with users ann and bob and storage switched on, frozen, in process. */
export async function setup(wishes: Wishes = {}) {
  const { storage = {}, authentication = {}, options = {}, files = [] } = wishes
  const definition = testWorld({
    users: [
      { _id: 'a1', email: 'ann@example.com', password: PASSWORD },
      { _id: 'b1', email: 'bob@example.com', password: PASSWORD },
    ],
    files,
    containers: wishes.containers ?? [
      { name: 'conduit', isPublic: false },
      { name: 'pub', isPublic: true },
    ],
    config: { storage: { active: true, ...storage }, authentication },
  })
  const clock = () => {
    const made = realPorts.createClock()
    made.freeze()
    made.set(NOW)
    return made
  }
  const bases = { api: 'http://api.test', storage: STORAGE_BASE }
  const worlds = new Worlds({ ...realPorts, createClock: clock }, bases)
  const world = worlds.create('default', definition, { rateLimits: 'off', ...options })
  const app = createApp(worlds)
  const send = async (request: Request): Promise<Response> => app.fetch(request)
  const call = caller(send)
  const login = async (who: 'ann' | 'bob'): Promise<string> => {
    const json = { email: `${who}@example.com`, password: PASSWORD }
    return textAt(await call('POST /authentication/local', { json }), 'accessToken')
  }
  return { world, worlds, send, call, ann: await login('ann'), bob: await login('bob') }
}

/** `call('GET /path', {…})`; bodies are parsed where they are JSON. */
export function caller(send: (request: Request) => Promise<Response>, base = 'http://api.test') {
  return async (operation: string, { json, auth }: Call = {}): Promise<Answer> => {
    const [method = 'GET', path = '/'] = operation.split(' ')
    const headers = new Headers()
    if (json !== undefined) headers.set('content-type', 'application/json')
    if (auth !== undefined) headers.set('authorization', `Bearer ${auth}`)
    const body = json === undefined ? {} : { body: JSON.stringify(json) }
    const response = await send(
      new Request(base + path, { method, headers, redirect: 'manual', ...body }),
    )
    const text = await response.text()
    return { status: response.status, body: parsed(text), headers: response.headers }
  }
}

/** A text in an answer's body; throws when it is not there. */
export function textAt({ status, body }: Pick<Answer, 'status' | 'body'>, key: string): string {
  const value: unknown =
    typeof body === 'object' && body !== null ? Reflect.get(body, key) : undefined
  if (typeof value === 'string') return value
  throw new Error(`No "${key}" in an answer ${status}: ${JSON.stringify(body)}`)
}

/** Makes a file from text; answers its id. */
export async function makeFile(
  { call, ann }: Pick<Awaited<ReturnType<typeof setup>>, 'call' | 'ann'>,
  file: Record<string, unknown> = {},
): Promise<string> {
  const json = { name: 'a.txt', data: base64('hello'), ...file }
  return textAt(await call('POST /storage/file', { json, auth: ann }), '_id')
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64')
}

export const internal = (message: string) => ({
  status: 500,
  body: { name: 'INTERNAL_SERVER_ERROR', status: 500, message },
})
export const forbidden = (message: string) => ({
  status: 403,
  body: { name: 'FORBIDDEN', status: 403, message },
})
export const missing = {
  status: 404,
  body: { name: 'NOT_FOUND', status: 404, message: 'File does not exist' },
}

/** Status and body alone. */
export function told({ status, body }: Answer): { status: number; body: unknown } {
  return { status, body }
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return text
  }
}
