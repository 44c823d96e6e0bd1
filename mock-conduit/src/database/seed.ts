import type { Seed, SeedResult } from '../control/types.ts'
import type { World } from '../world/world.ts'

/** Puts documents into their collections as they are given; answers the ids per schema, in order. */
export function seedDocuments(world: World, documents: NonNullable<Seed['documents']>): SeedResult['documents'] {
  const ids: SeedResult['documents'] = {}
  for (const [schema, rows] of Object.entries(documents)) {
    const table = world.store.table(schema)
    ids[schema] = rows.map((row) => {
      const _id = typeof row['_id'] === 'string' ? row['_id'] : world.ids.uuid()
      table.insert({ ...row, _id })
      return _id
    })
  }
  return ids
}
