import type { Seed } from '../control/types.ts'
import type { World } from '../world/world.ts'
import { relate } from './relations.ts'

/** Writes relations as an operator does through the admin API. Throws the backend's text for one it would refuse. */
export function seedRelations(world: World, relations: NonNullable<Seed['relations']>): void {
  for (const relation of relations) relate(world, relation)
}
