import { Readable } from 'node:stream'
import { Agent, type Dispatcher } from 'undici'
import { withDeadline } from './deadline.ts'
import { BffFailure, unavailable } from './failure.ts'
import type { Services } from './services.ts'

/** A call of the backend's Client API. */
export interface BackendCall {
  method: 'GET' | 'POST' | 'DELETE'
  /** Below the backend's URL; every variable part is one encoded segment. */
  path: string
  query?: Readonly<Record<string, string>>
  json?: unknown
  signal?: AbortSignal
  /** Instead of the usual longest wait. */
  deadlineMs?: number
}

/** A whole answer, whatever its status. */
export interface BackendAnswer {
  status: number
  text: string
  headers: Readonly<Record<string, string | string[] | undefined>>
}

/** Sends requests to the backend and to the storage host. No redirect is followed, nothing is repeated. */
export interface Http {
  /** 502 when no whole answer came, 504 when none came in time. */
  backend(call: BackendCall, bearer?: string): Promise<BackendAnswer>
  /** Begins a GET; the caller reads the body. */
  open(
    url: URL,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData>
  /** PUTs to the storage host, chunked; gives the status. */
  put(url: URL, body: AsyncIterable<Buffer>, signal: AbortSignal): Promise<number>
  close(): Promise<void>
}

const MOST_BYTES = 8 * 1024 * 1024

export function createHttp({ settings }: Pick<Services, 'settings'>): Http {
  const agent = new Agent({ bodyTimeout: 20_000, keepAliveTimeout: 1000 })
  return {
    backend: (call, bearer) =>
      withDeadline(call.deadlineMs ?? settings.upstreamMs, call.signal, async (signal) => {
        try {
          const answer = await agent.request({
            origin: new URL(settings.conduitUrl).origin,
            path: pathOf(settings.conduitUrl, call),
            method: call.method,
            headers: headersOf(settings, call, bearer),
            body: call.json === undefined ? null : JSON.stringify(call.json),
            signal,
          })
          return await wholeAnswer(answer)
        } catch (cause) {
          if (signal.aborted && signal.reason instanceof BffFailure) throw signal.reason
          throw cause instanceof BffFailure ? cause : unavailable(502, 'backend_unreachable', cause)
        }
      }),
    open: (url, headers, signal) =>
      agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'GET',
        headers,
        signal,
        bodyTimeout: settings.storageIdleMs,
      }),
    async put(url, body, signal) {
      const answer = await agent.request({
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method: 'PUT',
        body: Readable.from(body),
        signal,
      })
      await answer.body.dump()
      return answer.statusCode
    },
    close: () => agent.destroy(),
  }
}

function pathOf(base: string, { path, query }: BackendCall): string {
  const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`
  return `${new URL(base).pathname.replace(/\/$/, '')}${path}${search}`
}

function headersOf(
  { client }: Services['settings'],
  call: BackendCall,
  bearer: string | undefined,
): Record<string, string> {
  return {
    accept: 'application/json',
    // The backend keeps GETs for ten seconds; only this header gets past that (contract, section 5).
    'cache-control': 'no-cache',
    ...(call.json === undefined ? {} : { 'content-type': 'application/json' }),
    ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
    ...(client === undefined ? {} : { clientid: client.id }),
    ...(client?.secret === undefined ? {} : { clientsecret: client.secret }),
  }
}

async function wholeAnswer({
  statusCode,
  headers,
  body,
}: Dispatcher.ResponseData): Promise<BackendAnswer> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of body) {
    const part = Buffer.from(chunk as Uint8Array)
    bytes += part.length
    if (bytes > MOST_BYTES) throw unavailable(502, 'backend_answer_too_long')
    chunks.push(part)
  }
  return { status: statusCode, text: Buffer.concat(chunks).toString('utf8'), headers }
}
