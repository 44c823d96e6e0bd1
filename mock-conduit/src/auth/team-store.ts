import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'

/** Without a parent Conduit's query names none, and so meets subteams too. */
export function nameTaken(world: World, name: string, parentTeam: string | undefined): boolean {
  const teams = Array.from(world.store.table('Team').rows())
  return teams.some(
    (team) =>
      team['name'] === name && (parentTeam === undefined || team['parentTeam'] === parentTeam),
  )
}

/** Stores a new team. */
export function insertTeam(
  world: World,
  team: { name: string; parentTeam: string | null; isDefault: boolean },
): Row {
  const now = new Date(world.clock.now()).toISOString()
  const row = { _id: world.ids.uuid(), ...team, createdAt: now, updatedAt: now }
  world.store.table('Team').insert(row)
  return row
}
