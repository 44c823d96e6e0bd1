import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { callerOf } from './middleware.ts'
import { type TeamAction, mayOnTeam } from './team-relations.ts'

const uuid = /^[\da-f]{8}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{4}-?[\da-f]{12}$/i

/** A row by id; PostgreSQL refuses what is no uuid (500). */
export function byId(world: World, schema: 'Team' | 'User', id: string): Row | undefined {
  if (!uuid.test(id)) throw new Error(`invalid input syntax for type uuid: "${id}"`)
  return world.store.table(schema).get(id)
}

/** The team of the route, or the given refusal. */
export function teamOf({ world, urlParams }: RouteContext, missing: ConduitError): Row {
  const team = byId(world, 'Team', String(urlParams['teamId']))
  if (!team) throw missing
  return team
}

/** Throws 403 with this text unless the caller may do that with the team of the route. */
export function demand(context: RouteContext, action: TeamAction, refusal: string): void {
  const teamId = String(context.urlParams['teamId'])
  if (mayOnTeam(context.world, callerOf(context)._id, action, teamId)) return
  throw new ConduitError('PERMISSION_DENIED', refusal)
}

interface Wish {
  search?: unknown
  sort?: unknown
  skip?: unknown
  limit?: unknown
}

/** A search by something that looks like a MongoDB id looks for that id; PostgreSQL's ids never look like it. Source: A/utils/index.ts (fetchMembers). */
export function looksLikeObjectId(search: unknown): boolean {
  return typeof search === 'string' && /^[a-f\d]{24}$/i.test(search)
}

/** Rows with `search` in a field (letter case counts on PostgreSQL), in the order of `sort`. */
export function searched(
  rows: readonly Row[],
  field: 'name' | 'email',
  { search, sort }: Wish,
): Row[] {
  const found =
    typeof search === 'string'
      ? rows.filter((row) => textOf(row, field).includes(search))
      : [...rows]
  return typeof sort === 'string' && sort !== '' ? found.sort(comparing(sort)) : found
}

/** One page; Conduit's default is 25 from the start. */
export function page<T>(rows: readonly T[], { skip, limit }: Wish): T[] {
  const from = typeof skip === 'number' ? Math.trunc(skip) : 0
  return rows.slice(from, from + (typeof limit === 'number' ? Math.trunc(limit) : 25))
}

function textOf(row: Row, field: string, absent = ''): string {
  const value = row[field]
  return typeof value === 'string' ? value : absent
}

function comparing(sort: string): (a: Row, b: Row) => number {
  const down = sort.startsWith('-')
  const field = down ? sort.slice(1) : sort
  return (a, b) => {
    const [x, y] = [textOf(a, field, '\uffff'), textOf(b, field, '\uffff')]
    const order = x < y ? -1 : x > y ? 1 : 0
    return down ? -order : order
  }
}
