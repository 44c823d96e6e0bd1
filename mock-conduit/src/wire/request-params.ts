import { noBody, type ParsedBody } from './body.ts'
import type { WireRequest } from './message.ts'
import { compileParams } from './params.ts'
import { decodeUrlParams, readQuery } from './read-params.ts'
import type { RouteContext, RouteDef } from './route.ts'

export type RequestParams = Pick<
  RouteContext,
  'params' | 'bodyParams' | 'queryParams' | 'urlParams'
>

interface Sources {
  route: RouteDef
  rawParams: Record<string, string>
  body: ParsedBody
}

/** Per route, what the targets asked last came to; a route is made anew with every change of config. */
const remembered = new WeakMap<RouteDef, Map<string, RequestParams>>()
const REMEMBERED_TARGETS = 200
const LONGEST_REMEMBERED = 500

/** Validated parameters of a request; the same target without a body is read once. Throws ParamsRefused, QueryBroken or URIError. */
export function readParams(request: WireRequest, sources: Sources): RequestParams {
  if (sources.body !== noBody || request.target.length > LONGEST_REMEMBERED)
    return read(request, sources)
  const known = remembered.get(sources.route) ?? new Map<string, RequestParams>()
  remembered.set(sources.route, known)
  let params = known.get(request.target)
  if (!params) {
    params = frozen(read(request, sources))
    if (known.size >= REMEMBERED_TARGETS) known.clear()
    known.set(request.target, params)
  }
  return params
}

/** The path is decoded while the route is sought, and the query read before anything is validated. */
function read(request: WireRequest, { route, rawParams, body }: Sources): RequestParams {
  const raw = decodeUrlParams(rawParams)
  const query = readQuery(request.query)
  const bodyParams = route.body ? compileParams(route.body, 'body')(body.params) : body.params
  const queryParams = route.query ? compileParams(route.query, 'query')(query) : query
  const urlParams = route.url ? compileParams(route.url, 'url')(raw) : raw
  return {
    params: { ...bodyParams, ...queryParams, ...urlParams },
    bodyParams,
    queryParams,
    urlParams,
  }
}

function frozen(params: RequestParams): RequestParams {
  for (const section of Object.values(params)) Object.freeze(section)
  return params
}
