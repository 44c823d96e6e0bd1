import type { WorldDefinition } from '@conduit-bff/fixtures'
import { seedUsers } from '../auth/seed.ts'
import { seedRelations } from '../authorization/seed.ts'
import type { Seed, SeedResult } from '../control/types.ts'
import { seedDocuments } from '../database/seed.ts'
import { seedFiles } from '../storage/seed.ts'
import type { World } from './world.ts'

/** Puts a seed into a world: users, then documents, files, relations, so that later ones may name earlier ones. */
export function seedWorld(world: World, seed: Seed): SeedResult {
  const users = seedUsers(world, seed.users ?? [])
  const documents = seedDocuments(world, seed.documents ?? {})
  const files = seedFiles(world, seed.files ?? [])
  seedRelations(world, seed.relations ?? [])
  return { users, documents, files }
}

/** The part of a definition that is data. */
export function seedOf(definition: WorldDefinition): Seed {
  const { users, documents, files, relations } = definition
  return { users, documents, files, relations }
}
