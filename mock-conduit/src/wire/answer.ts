import { clientAddress } from './client-address.ts'
import { ConduitError } from './conduit-error.ts'
import { weakEtag } from './headers.ts'
import type { HeaderList, WireResponse } from './message.ts'
import { redirect } from './redirect.ts'
import type { CookieSpec, RouteContext, RouteDef } from './route.ts'
import { isTooDeep } from './nesting.ts'
import { cookieHeader, shapeResult } from './shape.ts'

/** Per-route limit, middlewares, cache and handler of a matched route. Throws what the handler throws. Source: H/Rest/Rest.ts:183-255. */
export async function answerRoute(work: {
  route: RouteDef
  context: RouteContext
  headers: HeaderList
}): Promise<WireResponse> {
  const { route, context, headers } = work
  takeRouteLimit(route, context)
  for (const middleware of route.middlewares ?? []) await middleware(context)
  const { world, request } = context
  const bypass = request.headers['cache-control'] === 'no-cache'
  const key = route.cache && !bypass ? cacheKey(route, context) : undefined
  const hit = key === undefined ? undefined : world.cache.get(key, world.clock)
  if (hit) return success(work, { body: hit.body, etag: hit.etag, extra: [] })
  if (isTooDeep(context.bodyParams)) throw new Error('')
  const shaped = shapeResult(await route.handler(context))
  const cookies = shaped.cookies.map((cookie) => setCookie(cookie, world.clock.now()))
  if (shaped.kind === 'redirect')
    return redirect(request, headers, { location: shaped.location, cookies })
  const etag = weakEtag(shaped.body)
  if (key === undefined || !route.cache)
    return success(work, {
      body: shaped.body,
      etag,
      extra: [['Cache-Control', 'no-store'], ...cookies],
    })
  world.cache.set(key, {
    body: shaped.body,
    etag,
    expiresAt: world.clock.now() + route.cache.maxAge * 1000,
  })
  const { scope, maxAge } = route.cache
  return success(work, {
    body: shaped.body,
    etag,
    extra: [['Cache-Control', `${scope}, max-age=${maxAge}`], ...cookies],
  })
}

function takeRouteLimit(route: RouteDef, { world, request }: RouteContext): void {
  if (!route.rateLimit || world.options.rateLimits === 'off') return
  const key = `limiter:route:${route.method}:${route.path}:${clientAddress(request.headers, request.remoteAddress)}`
  if (!world.limits.take(key, { ...route.rateLimit, clock: world.clock }))
    throw new ConduitError('RATE_LIMIT', 'Too Many Requests')
}

/** Path, caller (with the token's claims) and validated params; unknown query parameters are gone by now. */
function cacheKey(route: RouteDef, { request, caller, clientId, params }: RouteContext): string {
  return JSON.stringify([route.path, request.path, clientId, caller?.claims, params])
}

interface Success {
  body: Buffer
  etag: string
  extra: HeaderList
}

function success(
  { context, headers }: { context: RouteContext; headers: HeaderList },
  { body, etag, extra }: Success,
): WireResponse {
  const { request } = context
  const fresh = request.headers['if-none-match']
  const readable = request.method === 'GET' || request.method === 'HEAD'
  if (
    readable &&
    fresh !== undefined &&
    request.headers['cache-control'] !== 'no-cache' &&
    matchesEtag(fresh, etag)
  )
    return { status: 304, headers: [...headers, ...extra, ['ETag', etag]], body: null }
  const own: HeaderList = [
    ['Content-Type', 'application/json; charset=utf-8'],
    ['Content-Length', String(body.length)],
    ['ETag', etag],
  ]
  return { status: 200, headers: [...headers, ...extra, ...own], body }
}

function matchesEtag(header: string, etag: string): boolean {
  const strong = (tag: string) => tag.trim().replace(/^W\//, '')
  return header.trim() === '*' || header.split(',').some((tag) => strong(tag) === strong(etag))
}

function setCookie(cookie: CookieSpec, now: number): [string, string] {
  return ['Set-Cookie', cookieHeader(cookie, now)]
}
