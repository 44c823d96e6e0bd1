import type { WorldDefinition } from '@conduit-bff/fixtures'
import type { World } from '../world/world.ts'
import { parseSchema, type SchemaModel } from './schema-model.ts'
import { userModel } from './user-schema.ts'

const parsed = new WeakMap<WorldDefinition, Map<string, SchemaModel>>()

/** System schemas that relations may point to; the columns of these two are of no interest here. */
const system = ['File', 'Team'].map((name) =>
  parseSchema({ name, fields: {}, modelOptions: { conduit: { cms: { enabled: false } } } }),
)

/** A world's schemas by name, parsed once. */
export function schemasOf({ definition }: World): ReadonlyMap<string, SchemaModel> {
  let models = parsed.get(definition)
  if (!models) {
    models = new Map(
      [userModel(definition), ...system, ...definition.schemas.map(parseSchema)].map((model) => [
        model.name,
        model,
      ]),
    )
    parsed.set(definition, models)
  }
  return models
}
