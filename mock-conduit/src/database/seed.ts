import type { Seed, SeedResult } from '../control/types.ts'
import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { documentOf, valueAt } from './places.ts'
import type { SchemaModel } from './schema-model.ts'
import { schemasOf } from './schemas.ts'
import { defaultOf } from './values.ts'

/** Puts documents into their collections: ids and times as given, the rest as a create would fill it in. Answers the ids per schema, in order. */
export function seedDocuments(
  world: World,
  documents: NonNullable<Seed['documents']>,
): SeedResult['documents'] {
  const ids: SeedResult['documents'] = {}
  for (const [schema, rows] of Object.entries(documents)) {
    const table = world.store.table(schema)
    const model = schemasOf(world).get(schema)
    ids[schema] = rows.map((given) => {
      const row = rowOf(world, model, given)
      table.insert(row)
      return row._id
    })
  }
  return ids
}

function rowOf(world: World, model: SchemaModel | undefined, given: Record<string, unknown>): Row {
  const now = new Date(world.clock.now()).toISOString()
  const columns = model
    ? documentOf(model, (column) => {
        const value = valueAt(given, column)
        return value === undefined ? defaultOf(column) : value
      })
    : {}
  const _id = typeof given['_id'] === 'string' ? given['_id'] : world.ids.uuid()
  return { createdAt: now, updatedAt: now, ...given, ...columns, _id }
}
