import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** One request that the scripted backend met. */
export interface SeenCall {
  method: string
  path: string
  bearer: string | undefined
  headers: IncomingMessage['headers']
  body: string
}

/** Answers one request instead of the backend's own way; false leaves it to the backend. */
export type Script = (call: SeenCall, response: ServerResponse) => boolean | Promise<boolean>

/** A scripted backend and storage host in one: strict rotation, tokens of one user, nothing else of Conduit. */
export interface TestConduit {
  url: string
  calls: SeenCall[]
  script: Script | undefined
  /** Refuses every access token handed out so far. */
  expire(): void
  /** Times a spent refresh token was presented. */
  reuses(): number
  /** Requests whose answer has not ended. */
  open(): number
  stop(): Promise<void>
}

const jwt = () =>
  [{ alg: 'HS256' }, { id: 'user-1', n: randomUUID(), exp: Math.floor(Date.now() / 1000) + 3600 }]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .concat('sig')
    .join('.')

/** What the scripted backend remembers. */
interface State {
  access: Set<string>
  refresh: Set<string>
  spent: Set<string>
  reuses: number
}

export async function startTestConduit(): Promise<TestConduit> {
  const state: State = { access: new Set(), refresh: new Set(), spent: new Set(), reuses: 0 }
  let open = 0
  const server = createServer((request, response) => {
    open += 1
    response.once('close', () => {
      open -= 1
    })
    // A caller that breaks its request off gets no answer.
    answer(request, response).catch(() => response.destroy())
  })
  const conduit: TestConduit = {
    url: '',
    calls: [],
    script: undefined,
    expire: () => {
      state.access.clear()
    },
    reuses: () => state.reuses,
    open: () => open,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const call: SeenCall = {
      method: request.method ?? '',
      path: request.url ?? '',
      bearer: /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1],
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    }
    conduit.calls.push(call)
    if (await conduit.script?.(call, response)) return
    const [status, body] = ownAnswer(state, call, conduit.url)
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  conduit.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return conduit
}

function mint(state: State): { accessToken: string; refreshToken: string } {
  const tokens = { accessToken: jwt(), refreshToken: randomBytes(64).toString('base64') }
  state.access.add(tokens.accessToken)
  state.refresh.add(tokens.refreshToken)
  return tokens
}

function ownAnswer(state: State, call: SeenCall, url: string): [number, unknown] {
  const path = call.path.split('?')[0] ?? ''
  if (path === '/authentication/local') return [200, mint(state)]
  if (path === '/authentication/renew') return renewed(state, call.bearer ?? '')
  if (!state.access.has(call.bearer ?? ''))
    return [401, { name: 'UNAUTHORIZED', status: 401, message: 'Token is expired' }]
  if (path === '/authentication/logout') return [200, { result: 'LoggedOut' }]
  if (path === '/authentication/user') return [200, { _id: 'user-1', email: 'a@example.test' }]
  if (path.startsWith('/storage/getFileUrl/')) return [200, { result: `${url}/bytes/file` }]
  if (call.method === 'POST') return [200, { _id: 'p1', title: 'made' }]
  return [200, { documents: [{ _id: 'p1', title: 'one' }], count: 1 }]
}

function renewed(state: State, refreshToken: string): [number, unknown] {
  if (state.spent.has(refreshToken)) state.reuses += 1
  if (!state.refresh.delete(refreshToken))
    return [400, { name: 'INVALID_ARGUMENTS', status: 400, message: 'Refresh token not found' }]
  state.spent.add(refreshToken)
  state.access.clear()
  return [200, mint(state)]
}
