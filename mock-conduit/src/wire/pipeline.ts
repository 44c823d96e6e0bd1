import type { World } from '../world/world.ts'
import { BodyRefused, type ParsedBody, readParsedBody } from './body.ts'
import { clientAddress } from './client-address.ts'
import { admitClient } from './client-validation.ts'
import { toWireError } from './conduit-error.ts'
import { corsHeaders, errorPage, errorPageHeaders, escapeHtml, helmetHeaders, preflightHeaders, weakEtag } from './headers.ts'
import type { HeaderList, WireRequest, WireResponse } from './message.ts'
import { compileParams, ParamsRefused } from './params.ts'
import { decodeUrlParams, readCookies, readQuery } from './read-params.ts'
import type { RouteContext, RouteDef } from './route.ts'
import type { Match } from './router.ts'
import { answerRoute } from './answer.ts'

/** A request on its way through the Client API's checks. */
export interface Passage {
  world: World
  request: WireRequest
  match: Match | undefined
  onBody: (bytes: Buffer) => void
  onAnswered: (listener: () => void) => void
}

/**
 * The Client API's order of checks: body parser, global limit, CORS, helmet, client validation, route, parameters,
 * per-route limit, middlewares, cache, handler. Source: H/index.ts:84-113, H/Rest/Rest.ts:136-303; recordings `x-*`.
 */
export async function serveClientApi(passage: Passage): Promise<WireResponse> {
  const { world, request } = passage
  const { router } = world.config
  let body: ParsedBody
  try {
    body = await readParsedBody(request)
  } catch (error) {
    if (error instanceof BodyRefused) return bareText(error.status, error.message)
    throw error
  }
  passage.onBody(body.bytes)
  const preflight = request.method === 'OPTIONS' && router.cors.enabled
  if (!underGlobalLimit(passage) && !preflight) return bareText(429, 'Too Many Requests')
  const origin = request.headers['origin']
  if (preflight) return { status: 204, headers: preflightHeaders(router.cors, origin), body: null }
  const headers: HeaderList = [...corsHeaders(router.cors, origin), ...helmetHeaders]
  const admission = admitClient(world, request)
  if (!admission.admitted) return textWith(headers, 401, 'Unauthorized')
  return serveRoute(passage, { body, headers, clientId: admission.clientId })
}

function underGlobalLimit({ world, request }: Passage): boolean {
  if (world.options.rateLimits === 'off') return true
  const { maxRequests, resetInterval } = world.config.router.rateLimit
  const address = clientAddress(request.headers, request.remoteAddress)
  return world.limits.take(`limiter:${address}`, { max: maxRequests, windowMs: resetInterval * 1000, clock: world.clock })
}

interface Admitted {
  body: ParsedBody
  headers: HeaderList
  clientId: string
}

async function serveRoute(passage: Passage, { body, headers, clientId }: Admitted): Promise<WireResponse> {
  const { world, request, match } = passage
  if (!match) return htmlPage(headers, 404, `Cannot ${request.method} ${escapeHtml(encodeUrl(request.path))}`)
  if (!('handler' in match.route)) return notBuilt(headers, match)
  let context: RouteContext
  try {
    context = readContext(passage, { route: match.route, body, clientId })
  } catch (error) {
    if (error instanceof ParamsRefused || error instanceof URIError) return htmlPage(headers, 400, refusalText(world, error))
    throw error
  }
  try {
    return await answerRoute({ route: match.route, context, headers })
  } catch (error) {
    return jsonError(headers, error)
  }
}

function refusalText(world: World, error: Error): string {
  if (world.options.mode === 'production') return 'Bad Request'
  const issues = error instanceof ParamsRefused ? `USER_INPUT_ERROR: ${error.message}` : `URIError: ${error.message}`
  return `${escapeHtml(issues)}<br> &nbsp; &nbsp;at Conduit (mock)`
}

function readContext(passage: Passage, from: { route: RouteDef; body: ParsedBody; clientId: string }): RouteContext {
  const { world, request, match } = passage
  const { route } = from
  const bodyParams = route.body ? compileParams(route.body, 'body').parse(from.body.params) : from.body.params
  const query = readQuery(request.query)
  const queryParams = route.query ? compileParams(route.query, 'query').parse(query) : query
  const raw = decodeUrlParams(match?.rawParams ?? {})
  const urlParams = route.url ? compileParams(route.url, 'url').parse(raw) : raw
  return {
    world,
    request,
    params: { ...bodyParams, ...queryParams, ...urlParams },
    bodyParams,
    queryParams,
    urlParams,
    cookies: readCookies(request.headers['cookie']),
    clientId: from.clientId,
    caller: undefined,
    onAnswered: passage.onAnswered,
  }
}

/** finalhandler shows the path through encodeurl: what is not legal in a URL gets percent-encoded. */
function encodeUrl(path: string): string {
  return path.replace(/[^\x21\x23-\x3B\x3D\x3F-\x5B\x5D\x5F\x61-\x7A\x7E]/g, (char) => (char === '%' ? char : encodeURIComponent(char)))
}

/** Bare text of the steps before CORS and helmet. */
function bareText(status: number, text: string): WireResponse {
  return textWith([['X-Powered-By', 'Express']], status, text)
}

function textWith(headers: HeaderList, status: number, text: string): WireResponse {
  const body = Buffer.from(text)
  const own: HeaderList = [['Content-Type', 'text/html; charset=utf-8'], ['Content-Length', String(body.length)], ['ETag', weakEtag(body)]]
  return { status, headers: [...headers, ...own], body }
}

function htmlPage(headers: HeaderList, status: number, text: string): WireResponse {
  const body = errorPage(text)
  return { status, headers: errorPageHeaders(headers, body.length), body }
}

function jsonError(headers: HeaderList, error: unknown): WireResponse {
  const { status, body } = toWireError(error)
  return jsonAnswer(headers, status, body)
}

function jsonAnswer(headers: HeaderList, status: number, value: unknown): WireResponse {
  const body = Buffer.from(JSON.stringify(value))
  const own: HeaderList = [['Content-Type', 'application/json; charset=utf-8'], ['Content-Length', String(body.length)], ['ETag', weakEtag(body)]]
  return { status, headers: [...headers, ...own], body }
}

function notBuilt(headers: HeaderList, match: Match): WireResponse {
  const why = 'why' in match.route ? ` ${match.route.why}` : ''
  const message = `mock-conduit does not serve ${match.operation} yet.${why} See COMPAT.md.`
  return jsonAnswer(headers, 501, { name: 'NOT_IMPLEMENTED', status: 501, message })
}
