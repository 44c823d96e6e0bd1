import type { Awaitable } from '../awaitable.ts'
import type { World } from '../world/world.ts'
import { answerRoute } from './answer.ts'
import { BodyRefused, type ParsedBody, readParsedBody } from './body.ts'
import { clientAddress } from './client-address.ts'
import { admitClient } from './client-validation.ts'
import { explorerMethods, serveExplorers, withoutCspForExplorers } from './explorers.ts'
import { preflight } from './cross-origin.ts'
import { commonHeaders } from './headers.ts'
import type { HeaderList, WireRequest, WireResponse } from './message.ts'
import { ParamsRefused } from './params.ts'
import {
  bareText,
  jsonAnswer,
  jsonError,
  notFoundPage,
  refusedPage,
  textWith,
} from './plain-answers.ts'
import { QueryBroken, readCookies } from './read-params.ts'
import { readParams, type RequestParams } from './request-params.ts'
import type { RouteContext } from './route.ts'
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
export function serveClientApi(passage: Passage): Awaitable<WireResponse> {
  if (passage.request.path === '*') return notFoundPage(beforeEverything, passage.request)
  const body = readParsedBody(passage.request)
  if (!(body instanceof Promise)) return serveWithBody(passage, body)
  return body.then((read) => serveWithBody(passage, read), refuseBody)
}

/** The target `*` is the path of no middleware. */
const beforeEverything: HeaderList = [
  ['X-Powered-By', 'Express'],
  ['X-Content-Type-Options', 'nosniff'],
]

function refuseBody(error: unknown): WireResponse {
  if (error instanceof BodyRefused) return bareText(error.status, error.message)
  throw error
}

function serveWithBody(passage: Passage, body: ParsedBody): Awaitable<WireResponse> {
  const { world, request } = passage
  passage.onBody(body.bytes)
  const options = request.method === 'OPTIONS'
  if (!underGlobalLimit(passage) && !options) return bareText(429, 'Too Many Requests')
  const { cors } = world.config.router
  const answered = options ? preflight(cors, request.headers) : undefined
  if (answered) return answered
  const common = commonHeaders(cors, request.headers['origin'])
  const headers = withoutCspForExplorers(common, request)
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

function serveRoute(
  passage: Passage,
  { body, headers, clientId }: Admitted,
): Awaitable<WireResponse> {
  const { world, request, match } = passage
  if (!match) return serveUnmatched(world, request, headers)
  const { route } = match
  if (!('handler' in route)) {
    const message = `mock-conduit does not serve ${match.operation} yet. ${route.why} See COMPAT.md.`
    return jsonAnswer(headers, 501, { name: 'NOT_IMPLEMENTED', status: 501, message })
  }
  let params: RequestParams
  try {
    params = readParams(request, { route, rawParams: match.rawParams, body })
  } catch (error) {
    return refusedParams(world, headers, error)
  }
  const context = contextOf(passage, params, clientId)
  const refused = (error: unknown) => jsonError(headers, error)
  try {
    const answer = answerRoute({ route, context, headers })
    return answer instanceof Promise ? answer.catch(refused) : answer
  } catch (error) {
    return refused(error)
  }
}

/** The page for parameters that validation or the decoding of the path refuses, and for a query that Conduit cannot read. */
function refusedParams(world: World, headers: HeaderList, error: unknown): WireResponse {
  const [status, kind] = kindOf(error)
  const message = error instanceof Error ? error.message : String(error)
  const issues = world.options.mode === 'production' ? undefined : `${kind}: ${message}`
  return refusedPage(headers, { status, issues })
}

function kindOf(error: unknown): [status: 400 | 500, kind: string] {
  if (error instanceof QueryBroken) return [500, 'TypeError']
  if (error instanceof ParamsRefused) return [400, 'USER_INPUT_ERROR']
  if (error instanceof URIError) return [400, 'URIError']
  throw error
}

function contextOf(passage: Passage, params: RequestParams, clientId: string): RouteContext {
  const { world, request, onAnswered } = passage
  return {
    world,
    request,
    ...params,
    cookies: readCookies(request.headers['cookie']),
    clientId,
    caller: undefined,
    onAnswered,
  }
}

/** While CORS is off, Express answers OPTIONS itself with the methods of a known path. */
function serveUnmatched(world: World, request: WireRequest, headers: HeaderList): WireResponse {
  try {
    world.router.requireDecodable(request.path)
  } catch (error) {
    return refusedParams(world, headers, error)
  }
  const methods =
    request.method === 'OPTIONS'
      ? [...explorerMethods(request.path), ...world.router.methodsOf(request.path)]
      : []
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
