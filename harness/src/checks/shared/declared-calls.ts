import type { CheckContext } from '../../context.ts'
import type { CallOptions } from '../../session.ts'
import type { RouteName } from '../../target/schema.ts'
import { fillText, randomMarker } from '../../target/template.ts'
import { dataRoutes } from './answers.ts'

/** One way in which a browser reaches the backend. */
export interface DeclaredCall {
  /** `list`, `a search by the list`, `preview` … */
  about: string
  route: RouteName
  options: CallOptions
}

/** Every declared way to a user's data, for the code of one may differ from that of the others. A search is the list with its filters. */
export function declaredCalls(ctx: CheckContext): DeclaredCall[] {
  const { routes } = ctx.target
  const names: RouteName[] = [...dataRoutes(ctx)]
  for (const name of ['me', 'upload'] as const)
    if (routes[name] !== undefined && works(ctx, name)) names.push(name)
  const calls = names.map((route): DeclaredCall => ({ about: route, route, options: {} }))
  const filters = Object.entries(routes.list.filter ?? {})
  if (filters.length === 0) return calls
  const term = randomMarker(6)
  const query = Object.fromEntries(
    filters.map(([name, template]) => [name, fillText(template, { term })]),
  )
  return [...calls, { about: 'a search by the list', route: 'list', options: { query } }]
}

const works = ({ discovery }: CheckContext, name: RouteName) =>
  discovery.routes.every(({ route, problem }) => route !== name || problem === undefined)
