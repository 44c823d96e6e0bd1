import { stored } from '../database/values.ts'
import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { teamModel } from './own-models.ts'

/** Without a parent Conduit's query names none, and so meets subteams too. */
export function nameTaken(world: World, name: string, parentTeam: string | undefined): boolean {
  defaultTeam(world)
  const teams = Array.from(world.store.table('Team').rows())
  return teams.some(
    (team) =>
      team['name'] === name && (parentTeam === undefined || team['parentTeam'] === parentTeam),
  )
}

/** The default team, if the config wants one. Conduit makes it when it starts, this mock when it is first asked for. Source: A/handlers/team.ts:1163-1171. */
export function defaultTeam(world: World): Row | undefined {
  const { teams } = world.config.authentication
  if (!teams.enabled || !teams.enableDefaultTeam) return undefined
  return (
    world.store.table('Team').findBy('isDefault', true) ??
    insertTeam(world, { name: 'Default Team', parentTeam: null, isDefault: true })
  )
}

/** Stores a new team. */
export function insertTeam(
  world: World,
  team: { name: string; parentTeam: string | null; isDefault: boolean },
): Row {
  const now = new Date(world.clock.now()).toISOString()
  const row = {
    _id: world.ids.uuid(),
    ...team,
    name: storedName(team.name),
    createdAt: now,
    updatedAt: now,
  }
  world.store.table('Team').insert(row)
  return row
}

/** A name as its column takes it; PostgreSQL refuses one of more than 255 characters (500). */
export function storedName(name: string): string {
  const column = teamModel.byName.get('name')
  return column ? String(stored(column, name)) : name
}
