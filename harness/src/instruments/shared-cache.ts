import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import CachePolicy from 'http-cache-semantics'
import { headersNamed, openExchange, type Exchange, type HeaderList } from './http-exchange.ts'

/** How an answer came about: `passed` by the BFF for this request, `stored` without asking it, `confirmed` by its 304. */
export type CacheStatus = 'passed' | 'stored' | 'confirmed'

/** Names the `CacheStatus` in the cache's answers. */
export const CACHE_STATUS = 'x-shared-cache'

/** An RFC 9111 cache in front of one instance, as a CDN is: shared by all users, and blind to cookies unless `Vary` names them. */
export interface SharedCache {
  url: string
  /** Answers it keeps. */
  kept(): number
  stop(): Promise<void>
}

interface Stored {
  policy: CachePolicy
  answer: Exchange
}

/** Opens a cache on a free port of 127.0.0.1 in front of `base`. */
export async function openSharedCache(base: string, deadlineMs: number): Promise<SharedCache> {
  const store = new Map<string, Stored>()
  const server = createServer((incoming, outgoing) => {
    answer(store, incoming, { base, deadlineMs }).then(
      ({ exchange, status }) => {
        write(outgoing, exchange, status)
      },
      () => outgoing.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    kept: () => store.size,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

interface Origin {
  base: string
  deadlineMs: number
}

interface Answered {
  exchange: Exchange
  status: CacheStatus
}

async function answer(
  store: Map<string, Stored>,
  incoming: IncomingMessage,
  origin: Origin,
): Promise<Answered> {
  const body = await bodyOf(incoming)
  const request = requestOf(incoming)
  const key = `${String(request.headers['host'])}${request.url}`
  const known = request.method === 'GET' ? store.get(key) : undefined
  if (known?.policy.satisfiesWithoutRevalidation(request))
    return { exchange: known.answer, status: 'stored' }
  const asked = known ? conditional(known, request, incoming) : pairsOf(incoming.rawHeaders)
  const call = { method: request.method, path: request.url, headers: asked }
  const fresh = await openExchange(
    origin.base,
    body.length > 0 ? { ...call, body } : call,
    origin.deadlineMs,
  ).done
  if (fresh.failure !== undefined) throw new Error(fresh.failure)
  if (known) {
    const { policy, modified } = known.policy.revalidatedPolicy(request, responseOf(fresh))
    if (!modified && fresh.status === 304) {
      store.set(key, { ...known, policy })
      return { exchange: known.answer, status: 'confirmed' }
    }
  }
  if (request.method === 'GET') keep(store, key, { request, fresh })
  else if (fresh.status < 400) store.delete(key)
  return { exchange: fresh, status: 'passed' }
}

type CacheRequest = CachePolicy.Request & { method: string; url: string }

function keep(
  store: Map<string, Stored>,
  key: string,
  { request, fresh }: { request: CacheRequest; fresh: Exchange },
): void {
  const policy = new CachePolicy(request, responseOf(fresh), { shared: true })
  if (policy.storable()) store.set(key, { policy, answer: fresh })
  else store.delete(key)
}

/** RFC 9111 section 7.3: `Set-Cookie` keeps nobody from storing an answer, so the policy is not told of it. */
function responseOf({ status, headers }: Exchange): CachePolicy.Response {
  const told = headers.filter(([name]) => name.toLowerCase() !== 'set-cookie')
  return { status, headers: joined(told) }
}

function requestOf(incoming: IncomingMessage): CacheRequest {
  const { method = 'GET', url = '/' } = incoming
  return { method, url, headers: joined(pairsOf(incoming.rawHeaders)) }
}

/** The caller's own headers, cookies and all, with the conditions that ask whether the stored answer still holds. */
function conditional(
  { policy }: Stored,
  request: CacheRequest,
  incoming: IncomingMessage,
): HeaderList {
  const own = pairsOf(incoming.rawHeaders)
  const names = ['if-none-match', 'if-modified-since']
  const asked = policy.revalidationHeaders(request)
  return [
    ...own.filter(([name]) => !names.includes(name.toLowerCase())),
    ...names.flatMap((name): HeaderList => {
      const value = asked[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  ]
}

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding', 'content-length']

function write(outgoing: ServerResponse, exchange: Exchange, status: CacheStatus): void {
  const kept = exchange.headers.filter(([name]) => !HOP_BY_HOP.includes(name.toLowerCase()))
  const hasBody = exchange.call.method !== 'HEAD' && ![204, 304].includes(exchange.status)
  const length: HeaderList = hasBody ? [['content-length', String(exchange.rawBody.length)]] : []
  outgoing.writeHead(exchange.status, [...kept, ...length, [CACHE_STATUS, status]].flat())
  outgoing.end(hasBody ? exchange.rawBody : undefined)
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

const pairsOf = (raw: readonly string[]): HeaderList =>
  raw.flatMap((name, index): HeaderList => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : []))

function joined(headers: HeaderList): Record<string, string> {
  const names = new Set(headers.map(([name]) => name.toLowerCase()))
  return Object.fromEntries(
    [...names].map((name) => [name, headersNamed(headers, name).join(', ')]),
  )
}
