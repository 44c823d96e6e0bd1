import fresh from 'fresh'
import { andThen, type Awaitable } from '../awaitable.ts'
import type { ByteString } from './byte-string.ts'
import { clientAddress } from './client-address.ts'
import type { Kept } from './cache.ts'
import { ConduitError } from './conduit-error.ts'
import { weakEtag } from './headers.ts'
import type { HeaderList, WireResponse } from './message.ts'
import { redirect } from './redirect.ts'
import type { CookieSpec, RouteContext, RouteDef } from './route.ts'
import { isTooDeep } from './nesting.ts'
import { cookieHeader, shapeResult } from './shape.ts'

interface Work {
  route: RouteDef
  context: RouteContext
  headers: HeaderList
}

/** Per-route limit, middlewares, cache and handler of a matched route. Throws or rejects with what the handler throws. Source: H/Rest/Rest.ts:183-255. */
export function answerRoute(work: Work): Awaitable<WireResponse> {
  takeRouteLimit(work.route, work.context)
  return andThen(runMiddlewares(work, 0), () => answerAdmitted(work))
}

function runMiddlewares(work: Work, from: number): Awaitable<void> {
  const { middlewares = [] } = work.route
  for (let at = from; at < middlewares.length; at += 1) {
    const waiting = middlewares[at]?.(work.context)
    if (waiting instanceof Promise) return waiting.then(() => runMiddlewares(work, at + 1))
  }
}

function answerAdmitted(work: Work): Awaitable<WireResponse> {
  const { route, context } = work
  const { world, request } = context
  const bypass = request.headers['cache-control'] === 'no-cache'
  const key = route.cache && !bypass ? cacheKey(route, context) : undefined
  const hit = key === undefined ? undefined : world.cache.get(key, world.clock)
  if (hit) return again(work, hit)
  if (isTooDeep(context.bodyParams)) throw new Error('')
  return andThen(route.handler(context), (result) => answerResult(work, key, result))
}

/** A kept answer; all that begin with the same common headers are one. */
function again(work: Work, hit: Kept): WireResponse {
  if (work.context.request.headers['if-none-match'] !== undefined)
    return success(work, { ...hit, extra: [] })
  if (hit.sent?.common !== work.headers)
    hit.sent = { common: work.headers, response: success(work, { ...hit, extra: [] }) }
  return hit.sent.response
}

function answerResult(
  work: Work,
  key: string | undefined,
  result: unknown,
): Awaitable<WireResponse> {
  const { route, context, headers } = work
  const { world, request } = context
  const shaped = shapeResult(result)
  const cookies = shaped.cookies.map((cookie) => setCookie(cookie, world.clock.now()))
  if (shaped.kind === 'redirect')
    return redirect(request, headers, { location: shaped.location, cookies })
  const { body } = shaped
  const etag = weakEtag(body)
  if (key === undefined || !route.cache)
    return success(work, { body, etag, extra: [noStore, ...cookies] })
  const { scope, maxAge } = route.cache
  const expiresAt = world.clock.now() + maxAge * 1000
  world.cache.set(key, { body: body.whole(), etag, expiresAt })
  return success(work, {
    body,
    etag,
    extra: [['Cache-Control', `${scope}, max-age=${maxAge}`], ...cookies],
  })
}

const noStore: [string, string] = ['Cache-Control', 'no-store']

function takeRouteLimit(route: RouteDef, { world, request }: RouteContext): void {
  if (!route.rateLimit || world.options.rateLimits === 'off') return
  const key = `limiter:route:${route.method}:${route.path}:${clientAddress(request.headers, request.remoteAddress)}`
  if (!world.limits.take(key, { ...route.rateLimit, clock: world.clock }))
    throw new ConduitError('RATE_LIMIT', 'Too Many Requests')
}

/** Path, caller (with the token's claims) and validated params; unknown query parameters are gone by now. */
function cacheKey(route: RouteDef, { request, caller, clientId, params }: RouteContext): string {
  const asked = textOf(params, () => [route.path, request.path, params])
  return `${asked}\n${caller ? textOf(caller.claims, () => caller.claims) : ''}\n${clientId}`
}

/** JSON of what an object that lives on stands for: parameters of a remembered target, claims of a token. */
const texts = new WeakMap<object, string>()

function textOf(owner: object, value: () => unknown): string {
  let text = texts.get(owner)
  if (text === undefined) texts.set(owner, (text = JSON.stringify(value())))
  return text
}

interface Success {
  body: ByteString
  etag: string
  extra: HeaderList
}

function success(
  { context, headers }: { context: RouteContext; headers: HeaderList },
  { body, etag, extra }: Success,
): WireResponse {
  const { request } = context
  const readable = request.method === 'GET' || request.method === 'HEAD'
  if (readable && fresh(request.headers, { etag }))
    return { status: 304, headers: [...headers, ...extra, ['ETag', etag]], body: null }
  const own: HeaderList = [
    ['Content-Type', 'application/json; charset=utf-8'],
    ['Content-Length', String(body.length)],
    ['ETag', etag],
  ]
  return { status: 200, headers: [...headers, ...extra, ...own], body }
}

function setCookie(cookie: CookieSpec, now: number): [string, string] {
  return ['Set-Cookie', cookieHeader(cookie, now)]
}
