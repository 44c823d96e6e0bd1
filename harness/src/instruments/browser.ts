import { randomInt } from 'node:crypto'
import type { Csrf } from '../target/schema.ts'
import { readJsonPath } from '../target/json-path.ts'
import { createCookieJar, type CookieJar } from './cookie-jar.ts'
import {
  headersNamed,
  jsonOf,
  openExchange,
  type Exchange,
  type HeaderList,
  type OpenExchange,
  type WireCall,
} from './http-exchange.ts'
import type { RouteCall } from './route-call.ts'

/** Where the application lives for its users, and where its instances really listen. */
export interface Site {
  /** `https://app.test`; `undefined`: the instance's own address is the origin. */
  origin: string | undefined
  /** Base URL of each instance. */
  instances: readonly string[]
  csrf: Csrf
  deadlineMs: number
}

/** What a single request does differently from a browser. */
export interface SendOptions {
  instance?: number
  deadlineMs?: number
  /** Lower-case names of headers that are left out. */
  without?: readonly string[]
  /** Headers added, or put in place of the browser's own of that name. */
  headers?: HeaderList
  /** Is handed the body piece by piece; it is not kept then. */
  take?: (chunk: Buffer) => void
  /** Leave out the proof that the declared CSRF scheme asks for. */
  withoutCsrf?: boolean
}

/** A browser on a page of the application's own origin: cookies, `Origin`, `Sec-Fetch-*`, the declared CSRF scheme; redirects are not followed. */
export interface Browser {
  readonly jar: CookieJar
  send(call: RouteCall, options?: SendOptions): Promise<Exchange>
  open(call: RouteCall, options?: SendOptions): Promise<OpenExchange>
  /** A browser with a copy of the cookies as they are now. */
  copy(): Browser
  withJar(jar: CookieJar): Browser
  /** The CSRF token is asked for again, as after a page load. */
  forgetCsrf(): void
}

/** Everything that passed between the browsers and the target. */
export type Record = (exchange: Exchange) => void

export function createBrowser(
  site: Site,
  record: Record,
  jar: CookieJar = createCookieJar(),
): Browser {
  let token: Promise<string | undefined> | undefined
  const client = clientAddress()
  const open = async (call: RouteCall, options: SendOptions = {}): Promise<OpenExchange> => {
    const base = site.instances[(options.instance ?? 0) % site.instances.length] ?? ''
    return start(base, options.withoutCsrf ? call : await withProof(call, base), options)
  }
  const start = (base: string, call: RouteCall, options: SendOptions): OpenExchange => {
    const wire: WireCall = {
      ...call,
      headers: headersOf({
        call,
        base,
        origin: site.origin,
        cookie: jar.header(call.path),
        client,
        options,
      }),
    }
    const exchange = openExchange(base, wire, options.deadlineMs ?? site.deadlineMs, options.take)
    const done = exchange.done.then((answer) => {
      jar.absorb(headersNamed(answer.headers, 'set-cookie'), call.path)
      record(answer)
      return answer
    })
    return { ...exchange, done }
  }
  const withProof = async (call: RouteCall, base: string): Promise<RouteCall> => {
    const { csrf } = site
    if (csrf === 'none') return call
    if ('value' in csrf) return withHeaders(call, [[csrf.header, csrf.value]])
    if (call.method === 'GET') return call
    if ('cookie' in csrf) return withHeaders(call, await cookieProof(csrf, base))
    token ??= start(base, { method: 'GET', path: csrf.get, headers: [] }, {}).done.then((answer) =>
      textAt(answer, csrf.json),
    )
    const value = await token
    if (value === undefined) return call
    return 'field' in csrf
      ? withField(call, csrf.field, value)
      : withHeaders(call, [[csrf.header, value]])
  }
  const cookieProof = async (
    csrf: Extract<Csrf, { cookie: string }>,
    base: string,
  ): Promise<HeaderList> => {
    const find = () => jar.cookies().find((cookie) => cookie.name === csrf.cookie)?.value
    if (find() === undefined)
      await start(base, { method: 'GET', path: csrf.prime ?? '/', headers: [] }, {}).done
    const value = find()
    return value === undefined ? [] : [[csrf.header, decodeURIComponent(value)]]
  }
  return {
    jar,
    open,
    send: async (call, options) => (await open(call, options)).done,
    copy: () => createBrowser(site, record, jar.clone()),
    withJar: (other) => createBrowser(site, record, other),
    forgetCsrf() {
      token = undefined
    },
  }
}

const withHeaders = (call: RouteCall, headers: HeaderList): RouteCall => ({
  ...call,
  headers: [...call.headers, ...headers],
})

/** Adds a field to a form; every other body stays as it is. */
function withField(call: RouteCall, name: string, value: string): RouteCall {
  const type = call.headers.find(([header]) => header.toLowerCase() === 'content-type')?.[1]
  const boundary = /^multipart\/form-data; boundary=(.+)$/.exec(type ?? '')?.[1]
  if (boundary !== undefined && call.body) {
    const part = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
    return { ...call, body: Buffer.concat([Buffer.from(part), call.body]) }
  }
  if (type !== 'application/x-www-form-urlencoded') return call
  const form = new URLSearchParams(call.body?.toString('utf8'))
  form.set(name, value)
  return { ...call, body: Buffer.from(form.toString()) }
}

function textAt(answer: Exchange, path: string): string | undefined {
  const value = readJsonPath(jsonOf(answer), path)
  return typeof value === 'string' ? value : undefined
}

interface HeaderInputs {
  call: RouteCall
  base: string
  origin: string | undefined
  cookie: string | undefined
  client: string
  options: SendOptions
}

/** A browser's headers, and those of the TLS edge in front of the application when the origin is not the instance's own address. */
function headersOf({ call, base, origin, cookie, client, options }: HeaderInputs): HeaderList {
  const site = new URL(origin ?? base)
  const own: HeaderList = [
    ['Host', site.host],
    ['Connection', 'close'],
    ['Accept', 'application/json, text/plain, */*'],
    [
      'User-Agent',
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
    ],
    ['Accept-Language', 'en'],
    ['Accept-Encoding', 'gzip, deflate, br'],
    ['Referer', `${site.origin}/`],
    ['Sec-Fetch-Site', 'same-origin'],
    ['Sec-Fetch-Mode', 'cors'],
    ['Sec-Fetch-Dest', 'empty'],
    ...(call.method === 'GET'
      ? []
      : ([
          ['Origin', site.origin],
          ['Content-Length', String(call.body?.length ?? 0)],
        ] satisfies HeaderList)),
    ...(cookie === undefined ? [] : ([['Cookie', cookie]] satisfies HeaderList)),
    ...(origin === undefined ? [] : edgeHeaders(site, client)),
    ...call.headers,
  ]
  const replaced = new Set((options.headers ?? []).map(([name]) => name.toLowerCase()))
  const dropped = new Set(options.without ?? [])
  const kept = own.filter(
    ([name]) => !dropped.has(name.toLowerCase()) && !replaced.has(name.toLowerCase()),
  )
  return [...kept, ...(options.headers ?? [])]
}

const edgeHeaders = (site: URL, client: string): HeaderList => [
  ['X-Forwarded-For', client],
  ['X-Forwarded-Host', site.host],
  ['X-Forwarded-Proto', site.protocol.slice(0, -1)],
]

/** Each browser comes from an address of its own (RFC 2544's test network), so that a login limit per address is not met. */
export const clientAddress = (): string => `198.18.${randomInt(1, 255)}.${randomInt(1, 255)}`
