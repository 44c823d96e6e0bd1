import jwt, { type JwtPayload } from 'jsonwebtoken'
import type { WorldDefinition } from '@conduit-bff/fixtures'
import { createApp } from '../app.ts'
import { testWorld } from '../test-world.ts'
import type { World } from '../world/world.ts'
import { realPorts, Worlds, type OptionsPatch } from '../worlds.ts'
import { isFields } from '../is-object.ts'

/** An answer as a test looks at it; `body` is parsed where it is JSON. */
export interface Answer {
  status: number
  body: unknown
  headers: Headers
}

export interface Call {
  json?: unknown
  /** Sent as `Authorization: Bearer …`. */
  auth?: string | undefined
  headers?: Record<string, string>
}

export interface Tokens {
  accessToken: string
  refreshToken: string
}

export const PASSWORD = 'correct horse battery 1'

/** A frozen backend of its own for one test of the auth module, in process. `extensions` are those of schemas. */
export function setup(
  config: Record<string, unknown> = {},
  options: OptionsPatch = {},
  extensions: WorldDefinition['extensions'] = [],
) {
  const definition = testWorld({
    users: [{ email: 'ann@example.com', username: 'Ann', password: PASSWORD }],
    config: { authentication: config },
    extensions,
  })
  const worlds = new Worlds(realPorts, { api: 'http://api.test', storage: 'http://storage.test' })
  const world = worlds.create('default', definition, { rateLimits: 'off', ...options })
  world.clock.freeze()
  world.clock.set(Date.UTC(2026, 0, 1))
  const app = createApp(worlds)
  const call = async (operation: string, { json, auth, headers }: Call = {}): Promise<Answer> => {
    const [method = 'GET', path = '/'] = operation.split(' ')
    const response = await app.fetch(
      new Request(`http://api.test${path}`, {
        method,
        headers: {
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...(auth === undefined ? {} : { authorization: `Bearer ${auth}` }),
          ...headers,
        },
        ...(json === undefined ? {} : { body: JSON.stringify(json) }),
      }),
    )
    return {
      status: response.status,
      body: readBody(await response.text()),
      headers: response.headers,
    }
  }
  return { world, worlds, call, ...flows(world, call) }
}

/** Steps that most tests take. */
function flows(world: World, call: (operation: string, call?: Call) => Promise<Answer>) {
  return {
    login: async (
      email = 'ann@example.com',
      password = PASSWORD,
      headers: Record<string, string> = {},
    ): Promise<Tokens> =>
      tokensOf(await call('POST /authentication/local', { json: { email, password }, headers })),
    renew: (refreshToken: string) => call('POST /authentication/renew', { auth: refreshToken }),
    /** Status of `GET /authentication/user` with this token. */
    statusOf: async (accessToken: string): Promise<number> =>
      (await call('GET /authentication/user', { auth: accessToken })).status,
    userId: (email = 'ann@example.com'): string =>
      world.store.table('User').findBy('email', email)?._id ?? '',
  }
}

/** The tokens of an answer; throws when it holds none. */
export function tokensOf({ status, body }: Answer): Tokens {
  const { accessToken, refreshToken } = isFields(body) ? body : {}
  if (typeof accessToken !== 'string')
    throw new Error(`No tokens in an answer ${status}: ${JSON.stringify(body)}`)
  return { accessToken, refreshToken: typeof refreshToken === 'string' ? refreshToken : '' }
}

/** The claims of an access token, unverified. */
export function claimsOf(accessToken: string): JwtPayload {
  const claims = jwt.decode(accessToken, { json: true })
  if (!claims) throw new Error(`No JWT: ${accessToken}`)
  return claims
}

/** The body of a refusal, as Conduit writes it. */
export function refusal(status: number, message: string, conduitCode?: string) {
  const names: Record<number, string> = {
    400: 'INVALID_ARGUMENTS',
    401: 'UNAUTHORIZED',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
    429: 'RATE_LIMIT',
    500: 'INTERNAL_SERVER_ERROR',
  }
  return {
    name: names[status],
    status,
    message,
    ...(conduitCode === undefined ? {} : { conduitCode }),
  }
}

function readBody(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return value
  } catch {
    return text
  }
}
