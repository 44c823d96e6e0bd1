import type { WorldDefinition } from '@conduit-bff/fixtures'
import type { Seed, SeedResult } from '../control/types.ts'
import type { World } from './world.ts'

/** Placeholder of the seeding order: users, documents, files, relations. */
export function seedWorld(_world: World, _seed: Seed): SeedResult {
  return { users: [], documents: {}, files: [] }
}

export function seedOf(_definition: WorldDefinition): Seed {
  return {}
}
