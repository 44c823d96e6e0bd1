import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { clientAddress, type Site } from '../browser.ts'
import type { Exchange } from '../http-exchange.ts'
import { makeEdgeCertificate } from './edge-certificate.ts'
import { forward, forwardUpgrade, pairsOf } from './forward.ts'

/** A request that reached the edge, from whichever page. */
export interface EdgeCall {
  host: string
  method: string
  path: string
  /** Header names in lower case; repeated ones joined. */
  headers: Readonly<Record<string, string>>
}

/** Stands between Chromium and the target as a company's TLS edge would, and serves the pages of other sites. */
export interface Edge {
  /** Origin of the application in the browser. */
  origin: string
  /** Where it really listens, for those that resolve no names. */
  address: string
  /** Another site. */
  evil: string
  /** A subdomain of the application's host: same site, another origin. Undefined when the host can have none. */
  subdomain: string | undefined
  /** For `--host-resolver-rules`: the edge's names lead to it, everything else leads nowhere. */
  resolverRules: string
  pin: string | undefined
  calls(): readonly EdgeCall[]
  /** Answers of the application in the order they ended; the very same answer once. */
  answers(): readonly Exchange[]
  /** Serves a page of another site; gives its URL. */
  servePage(origin: string, html: string): string
  /** Which instance gets the requests: one, or all in turn. */
  route(to: number | 'in turn'): void
  /** Forgets calls, answers and pages; the next browser comes from another address. */
  reset(): void
  stop(): Promise<void>
}

export async function openEdge(site: Site, record: (exchange: Exchange) => void): Promise<Edge> {
  const app = new URL(site.origin ?? site.instances[0] ?? 'http://127.0.0.1')
  const secure = app.protocol === 'https:'
  const subdomainHost = isName(app.hostname) ? `sub.${app.hostname}` : undefined
  const hosts = [app.hostname, EVIL, ...(subdomainHost === undefined ? [] : [subdomainHost])]
  const certificate = secure ? await makeEdgeCertificate(hosts) : undefined
  const pages = new Map<string, string>()
  let calls: EdgeCall[] = []
  let answers: Exchange[] = []
  /** Of the whole run: a script that ten checks load need not be searched ten times. */
  const recorded = new Set<string>()
  let kept = new Set<string>()
  const keep = (exchange: Exchange) => {
    const print = fingerprint(exchange)
    if (!kept.has(print)) answers.push(exchange)
    if (!recorded.has(print)) record(exchange)
    kept.add(print)
    recorded.add(print)
  }
  let client = clientAddress()
  let routing: number | 'in turn' = 0
  let turn = 0
  const instanceUrl = () => {
    const index = routing === 'in turn' ? (turn += 1) : routing
    return site.instances[index % site.instances.length] ?? ''
  }
  const about = () => ({ base: instanceUrl(), origin: app, client })
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    const call = callOf(request)
    calls.push(call)
    if (call.host !== app.host) {
      sendPage(response, pages.get(`${call.host}${call.path}`))
      return
    }
    forward(request, response, about(), keep)
  }
  const server: Server = certificate
    ? createTlsServer({ key: certificate.key, cert: certificate.cert }, listener)
    : createServer(listener)
  server.on('upgrade', (request: IncomingMessage, socket, head: Buffer) => {
    calls.push(callOf(request))
    forwardUpgrade(request, socket, head, about())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const originOf = (host: string) => `${app.protocol}//${host}`
  return {
    origin: app.origin,
    address: `${app.protocol}//127.0.0.1:${port}`,
    evil: originOf(EVIL),
    subdomain: subdomainHost === undefined ? undefined : originOf(subdomainHost),
    resolverRules: [
      `MAP ${app.hostname}:${app.port || (secure ? '443' : '80')} 127.0.0.1:${port}`,
      ...hosts.slice(1).map((host) => `MAP ${host} 127.0.0.1:${port}`),
      'MAP * ~NOTFOUND',
    ].join(','),
    pin: certificate?.pin,
    calls: () => calls,
    answers: () => answers,
    servePage(origin, html) {
      const url = new URL(`/page-${pages.size + 1}`, origin)
      pages.set(`${url.host}${url.pathname}`, html)
      return url.href
    },
    route(to) {
      routing = to
    },
    reset() {
      calls = []
      answers = []
      kept = new Set()
      pages.clear()
      client = clientAddress()
      routing = 0
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

const EVIL = 'evil.test'

/** Everything of an answer but its date. */
function fingerprint({ call, status, headers, rawBody }: Exchange): string {
  const hash = createHash('sha256').update(`${call.method} ${call.path} ${status}\n`)
  for (const [name, value] of headers)
    if (name.toLowerCase() !== 'date') hash.update(`${name}: ${value}\n`)
  return hash.update(rawBody).digest('base64')
}

const isName = (host: string) => /^[a-z][a-z0-9-]*(\.[a-z0-9-]+)+$/i.test(host)

const callOf = (request: IncomingMessage): EdgeCall => ({
  host: request.headers.host ?? '',
  method: request.method ?? '',
  path: request.url ?? '',
  headers: Object.fromEntries(
    pairsOf(request.rawHeaders).map(([name, value]) => [name.toLowerCase(), value]),
  ),
})

function sendPage(response: ServerResponse, html: string | undefined): void {
  response.writeHead(html === undefined ? 404 : 200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    // The pages of other sites say where they are from, as an attacker's would.
    'referrer-policy': 'unsafe-url',
  })
  response.end(html)
}
