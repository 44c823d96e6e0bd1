import { decodeUrlParams } from './read-params.ts'
import type { PlannedRoute, RouteDef } from './route.ts'

export interface Match {
  /** `METHOD pattern`, the name that journal, faults and gates use. */
  operation: string
  route: RouteDef | PlannedRoute
  /** Still percent-encoded. */
  rawParams: Record<string, string>
}

interface Candidate {
  match: Match
  segments: Segment[]
}

type Segment = { kind: 'literal'; text: string } | { kind: 'param'; name: string }

export interface Router {
  /** HEAD is answered by the GET route. Letter case and one trailing slash do not matter; nothing is decoded or resolved. Source: H/Router.ts:29-31. */
  match(method: string, path: string): Match | undefined
  /** Throws URIError when a route fits, of whatever method, but for a parameter that cannot be decoded. Source: package router 2.2.0, index.js:225-240. */
  requireDecodable(path: string): void
  /** All methods of a path, for OPTIONS while CORS is off. */
  methodsOf(path: string): string[]
  operations(): string[]
  routes(): readonly (RouteDef | PlannedRoute)[]
}

const isLiteral = (
  segment: Segment | undefined,
): segment is Extract<Segment, { kind: 'literal' }> => segment?.kind === 'literal'

/** Express 5's matching over a fixed list: the first route that fits wins. */
export function createRouter(routes: readonly (RouteDef | PlannedRoute)[]): Router {
  const byLength = new Map<number, Candidate[]>()
  for (const route of routes) {
    const segments = route.path.split('/').slice(1).map(parseSegment)
    const match: Match = { operation: `${route.method} ${route.path}`, route, rawParams: {} }
    push(byLength, segments.length, { match, segments })
  }
  const find = (path: string): { candidate: Candidate; parts: string[] }[] => {
    const trimmed = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
    const parts = trimmed.split('/').slice(1)
    const lower = parts.map((part) => part.toLowerCase())
    return (byLength.get(parts.length) ?? [])
      .filter(({ segments }) =>
        segments.every((segment, at) =>
          isLiteral(segment) ? segment.text === lower[at] : parts[at] !== '',
        ),
      )
      .map((candidate) => ({ candidate, parts }))
  }
  const slowly = (method: string, path: string): Match | undefined => {
    const found = find(path).find(({ candidate: { match } }) => match.route.method === method)
    if (!found) return undefined
    const { match, segments } = found.candidate
    if (segments.every(isLiteral)) return match
    return { ...match, rawParams: paramsOf(found.candidate, found.parts) }
  }
  /** Paths without parameters, as they are declared, which most requests send. */
  const declared = new Map<string, Match>()
  for (const { method, path } of routes) {
    const match = path.includes(':') ? undefined : slowly(method, path)
    if (match) declared.set(`${method} ${path}`, match)
  }
  return {
    match(method, path) {
      const wanted = method === 'HEAD' ? 'GET' : method
      return declared.get(`${wanted} ${path}`) ?? slowly(wanted, path)
    },
    requireDecodable(path) {
      for (const { candidate, parts } of path.includes('%') ? find(path) : [])
        decodeUrlParams(paramsOf(candidate, parts))
    },
    methodsOf: (path) => [
      ...new Set(find(path).map(({ candidate: { match } }) => match.route.method)),
    ],
    operations: () => routes.map((route) => `${route.method} ${route.path}`),
    routes: () => routes,
  }
}

/** Still encoded. */
function paramsOf({ segments }: Candidate, parts: readonly string[]): Record<string, string> {
  const rawParams: Record<string, string> = {}
  segments.forEach((segment, at) => {
    if (segment.kind === 'param') rawParams[segment.name] = parts[at] ?? ''
  })
  return rawParams
}

function parseSegment(text: string): Segment {
  return text.startsWith(':')
    ? { kind: 'param', name: text.slice(1) }
    : { kind: 'literal', text: text.toLowerCase() }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
