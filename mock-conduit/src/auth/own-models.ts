import { parseSchema, type SchemaModel } from '../database/schema-model.ts'
import type { World } from '../world/world.ts'
import { extensionFields, userColumns } from './user-model.ts'

/** What lists of teams are sorted by. Source: A/models/Team.schema.ts:4-18. */
export const teamModel = parseSchema({
  name: 'Team',
  fields: { parentTeam: 'ObjectId', name: 'String', isDefault: 'Boolean' },
})

/** What lists of users are sorted by: the columns of the table, so a provider is none, but `apple_id` is. Source: A/models/User.schema.ts:47-127. */
export function userModel(world: World): SchemaModel {
  const fields = [...userColumns, ...extensionFields(world)]
  return parseSchema({
    name: 'User',
    fields: Object.fromEntries(fields.map((field) => [field, 'String'])),
  })
}
