import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib'
import { afterwards } from './settle.ts'

export type HeaderList = [name: string, value: string][]

/** A request as it goes over the wire, headers in order. */
export interface WireCall {
  method: string
  path: string
  headers: HeaderList
  body?: Buffer
}

/** What came back, or as much of it as came. */
export interface Exchange {
  call: WireCall
  base: string
  /** Begin and end, milliseconds since 1970. */
  startedAt: number
  endedAt: number
  /** 0 when there was no answer. */
  status: number
  statusText: string
  headers: HeaderList
  trailers: HeaderList
  /** Headers of 1xx answers. */
  early: HeaderList
  /** The bytes as sent, still compressed. */
  rawBody: Buffer
  /** Why the answer is not whole: `reset`, `cut short`, `no answer in time`, `abandoned by the client`. */
  failure?: string
  /** Node's error code or message behind `failure`, for reports. */
  cause?: string
}

/** A request on its way. */
export interface OpenExchange {
  /** The request is written. */
  sent: Promise<void>
  /** Status and headers came, or the exchange ended without them. */
  head: Promise<void>
  /** Body bytes so far. */
  received(): number
  /** Always resolves. */
  done: Promise<Exchange>
  isDone(): boolean
  /** Disconnects, as a browser whose tab is closed. */
  abandon(): void
  /** Stops reading the body, and goes on. */
  pause(): void
  resume(): void
}

/** Sends one request on a connection of its own; follows no redirect, decodes nothing. With `take` the body is handed on and not kept. */
export function openExchange(
  base: string,
  call: WireCall,
  deadlineMs: number,
  take?: (chunk: Buffer) => void,
): OpenExchange {
  const exchange: Exchange = {
    call,
    base,
    startedAt: realTime(),
    endedAt: 0,
    status: 0,
    statusText: '',
    headers: [],
    trailers: [],
    early: [],
    rawBody: Buffer.alloc(0),
  }
  const chunks: Buffer[] = []
  const sent = promiseWithResolve()
  const head = promiseWithResolve()
  const ended = promiseWithResolve()
  const url = new URL(base)
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const request = send({
    hostname: url.hostname,
    port: url.port,
    method: call.method,
    path: call.path,
    headers: call.headers.flat(),
    setHost: false,
    ...(url.protocol === 'https:' ? {} : { agent: new Agent({ keepAlive: false }) }),
  })
  let over = false
  let received = 0
  let reading: IncomingMessage | undefined
  const finish = (failure?: string, cause?: string) => {
    if (over) return
    over = true
    cancel()
    exchange.endedAt = realTime()
    exchange.rawBody = Buffer.concat(chunks)
    if (failure !== undefined) exchange.failure = failure
    if (cause !== undefined) exchange.cause = cause
    for (const each of [sent, head, ended]) each.resolve()
  }
  const stop = (failure: string) => {
    finish(failure)
    request.destroy()
  }
  const cancel = afterwards(deadlineMs, () => {
    stop('no answer in time')
  })
  request.on('finish', sent.resolve)
  request.on('information', (info) => exchange.early.push(...pairs(info.rawHeaders)))
  request.on('error', (error) => {
    finish('reset', error.message)
  })
  request.on('response', (response) => {
    readHead(exchange, response)
    head.resolve()
    reading = response
    response.on('data', (chunk: Buffer) => {
      received += chunk.length
      if (take) take(chunk)
      else chunks.push(chunk)
    })
    response.on('error', (error) => {
      finish('cut short', error.message)
    })
    response.on('close', () => {
      exchange.trailers = pairs(response.rawTrailers)
      finish(response.complete ? undefined : 'cut short')
    })
  })
  request.end(call.body)
  return {
    sent: sent.promise,
    head: head.promise,
    received: () => received,
    done: ended.promise.then(() => exchange),
    isDone: () => over,
    abandon: () => {
      stop('abandoned by the client')
    },
    pause: () => {
      reading?.pause()
    },
    resume: () => {
      reading?.resume()
    },
  }
}

/** Milliseconds since 1970, in fractions; the clock of `startedAt` and `endedAt`. */
export const realTime = (): number => performance.timeOrigin + performance.now()

function readHead(exchange: Exchange, response: IncomingMessage): void {
  exchange.status = response.statusCode ?? 0
  exchange.statusText = response.statusMessage ?? ''
  exchange.headers = pairs(response.rawHeaders)
}

function pairs(raw: readonly string[]): HeaderList {
  return raw.flatMap((name, index): HeaderList =>
    index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : [],
  )
}

function promiseWithResolve(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

/** All values of a header, in order. */
export const headersNamed = (headers: HeaderList, name: string): string[] =>
  headers.filter(([each]) => each.toLowerCase() === name.toLowerCase()).map(([, value]) => value)

/** The first value of a header. */
export const headerOf = (headers: HeaderList, name: string): string | undefined =>
  headersNamed(headers, name)[0]

const DECODERS: Record<string, (bytes: Buffer) => Buffer> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
}

/** The body after its content encodings; undefined when they do not fit the bytes. */
export function decodedBody(exchange: Pick<Exchange, 'headers' | 'rawBody'>): Buffer | undefined {
  const encodings = headersNamed(exchange.headers, 'content-encoding')
    .flatMap((value) => value.split(','))
    .map((each) => each.trim().toLowerCase())
    .filter((each) => each !== '' && each !== 'identity')
  try {
    return encodings.reduceRight(
      (bytes, encoding) => (bytes.length === 0 ? bytes : (DECODERS[encoding]?.(bytes) ?? bytes)),
      exchange.rawBody,
    )
  } catch {
    return undefined
  }
}

/** The body as text. */
export const textOf = (exchange: Exchange): string =>
  (decodedBody(exchange) ?? exchange.rawBody).toString('utf8')

/** The body as JSON; undefined when it is none. */
export function jsonOf(exchange: Exchange): unknown {
  try {
    return JSON.parse(textOf(exchange))
  } catch {
    return undefined
  }
}

/** Whether the answer is whole and its status below 400. */
export const isAccepted = (exchange: Exchange): boolean =>
  exchange.failure === undefined && exchange.status >= 200 && exchange.status < 400

/** `200`, or `cut short after 200`, for reports. */
export const statusText = (exchange: Exchange): string =>
  exchange.failure === undefined
    ? String(exchange.status)
    : `${exchange.failure}${exchange.status > 0 ? ` after ${exchange.status}` : ''}`
