import type { World } from '../world/world.ts'
import { answerRoute } from './answer.ts'
import { BodyRefused, type ParsedBody, readParsedBody } from './body.ts'
import { clientAddress } from './client-address.ts'
import { admitClient } from './client-validation.ts'
import { serveExplorers, withoutCspForExplorers } from './explorers.ts'
import { corsHeaders, helmetHeaders, preflightHeaders } from './headers.ts'
import type { HeaderList, WireRequest, WireResponse } from './message.ts'
import { compileParams, ParamsRefused } from './params.ts'
import {
  bareText,
  jsonAnswer,
  jsonError,
  notFoundPage,
  refusedPage,
  textWith,
} from './plain-answers.ts'
import { decodeUrlParams, readCookies, readQuery } from './read-params.ts'
import type { RouteContext, RouteDef } from './route.ts'
import type { Match } from './router.ts'

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
  const options = request.method === 'OPTIONS'
  if (!underGlobalLimit(passage) && !options) return bareText(429, 'Too Many Requests')
  const { cors } = router
  const origin = request.headers['origin']
  if (options && cors.enabled && cors.origin !== '')
    return { status: 204, headers: preflightHeaders(cors, origin), body: null }
  const headers = withoutCspForExplorers([...corsHeaders(cors, origin), ...helmetHeaders], request)
  const admission = admitClient(world, request)
  if (!admission.admitted) return textWith(headers, 401, 'Unauthorized')
  const explorer = serveExplorers(world, request, { headers, body: body.params })
  return explorer ?? serveRoute(passage, { body, headers, clientId: admission.clientId })
}

function underGlobalLimit({ world, request }: Passage): boolean {
  if (world.options.rateLimits === 'off') return true
  const { maxRequests, resetInterval } = world.config.router.rateLimit
  const address = clientAddress(request.headers, request.remoteAddress)
  return world.limits.take(`limiter:${address}`, {
    max: maxRequests,
    windowMs: resetInterval * 1000,
    clock: world.clock,
  })
}

interface Admitted {
  body: ParsedBody
  headers: HeaderList
  clientId: string
}

async function serveRoute(
  passage: Passage,
  { body, headers, clientId }: Admitted,
): Promise<WireResponse> {
  const { world, request, match } = passage
  if (!match) return serveUnmatched(world, request, headers)
  const { route } = match
  if (!('handler' in route)) {
    const message = `mock-conduit does not serve ${match.operation} yet. ${route.why} See COMPAT.md.`
    return jsonAnswer(headers, 501, { name: 'NOT_IMPLEMENTED', status: 501, message })
  }
  let context: RouteContext
  try {
    context = readContext(passage, { route, body, clientId })
  } catch (error) {
    if (!(error instanceof ParamsRefused || error instanceof URIError)) throw error
    const kind = error instanceof ParamsRefused ? 'USER_INPUT_ERROR' : 'URIError'
    return refusedPage(
      headers,
      world.options.mode === 'production' ? undefined : `${kind}: ${error.message}`,
    )
  }
  try {
    return await answerRoute({ route, context, headers })
  } catch (error) {
    return jsonError(headers, error)
  }
}

/** While CORS is off, Express answers OPTIONS itself with the methods of a known path. */
function serveUnmatched(world: World, request: WireRequest, headers: HeaderList): WireResponse {
  const methods = request.method === 'OPTIONS' ? world.router.methodsOf(request.path) : []
  if (methods.length === 0) return notFoundPage(headers, request)
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].sort().join(', ')
  const body = Buffer.from(allow)
  return {
    status: 200,
    headers: [
      ...headers,
      ['Allow', allow],
      ['Content-Length', String(body.length)],
      ['Content-Type', 'text/plain'],
    ],
    body,
  }
}

function readContext(
  passage: Passage,
  from: { route: RouteDef; body: ParsedBody; clientId: string },
): RouteContext {
  const { world, request, match } = passage
  const { route } = from
  const bodyParams = route.body
    ? compileParams(route.body, 'body')(from.body.params)
    : from.body.params
  const query = readQuery(request.query)
  const queryParams = route.query ? compileParams(route.query, 'query')(query) : query
  const raw = decodeUrlParams(match?.rawParams ?? {})
  const urlParams = route.url ? compileParams(route.url, 'url')(raw) : raw
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
