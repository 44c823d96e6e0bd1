import type { RouteDef, PlannedRoute } from '../src/wire/route.ts'
import { fullWorld } from '../scripts/compat/worlds.ts'

/** A route as the generator needs it: its place, and the names it declares. */
export interface Asked {
  method: string
  path: string
  query: string[]
  body: string[]
}

/** The table with every feature on: what is served, and what is answered 501. */
export function routesToAsk(): { served: Asked[]; planned: Asked[] } {
  const routes = fullWorld().router.routes()
  return {
    served: routes.filter((route) => 'handler' in route).map(asked),
    planned: routes.filter((route) => !('handler' in route)).map(asked),
  }
}

function asked(route: RouteDef | PlannedRoute): Asked {
  const { method, path } = route
  if (!('handler' in route)) return { method, path, query: [], body: [] }
  return {
    method,
    path,
    query: Object.keys(route.query ?? {}),
    body: Object.keys(route.body ?? {}),
  }
}
