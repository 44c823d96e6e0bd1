import type { WorldDefinition } from '@conduit-bff/fixtures'
import type { World } from '../world/world.ts'
import { parseSchema, type SchemaModel } from './schema-model.ts'

const parsed = new WeakMap<WorldDefinition, Map<string, SchemaModel>>()

/** System schemas that relations may point to; the columns of these two are of no interest here. */
const system = ['File', 'Team'].map((name) =>
  parseSchema({ name, fields: {}, modelOptions: { conduit: { cms: { enabled: false } } } }),
)

const provider = { id: 'String', token: 'String', tokenExpires: 'Date', data: 'JSON' }
const providers = [
  ...['apple', 'bitbucket', 'facebook', 'figma', 'github', 'gitlab', 'google'],
  ...['linkedin', 'microsoft', 'reddit', 'slack', 'twitch', 'twitter'],
]

/** Conduit's own User schema, without the password, and what the world extends it by: custom endpoints may read it, and change the extension. Source: A/models/User.schema.ts:47-127. */
function userModel({ extensions }: WorldDefinition): SchemaModel {
  const flag = { type: 'Boolean', required: true }
  const extended = extensions.flatMap(({ schemaName, extension }) =>
    schemaName === 'User' && isFields(extension) ? [extension['fields']] : [],
  )
  return parseSchema({
    name: 'User',
    fields: {
      email: 'String',
      username: 'String',
      metamask: { ethPublicAddress: 'String', nonce: 'String' },
      ...Object.fromEntries(providers.map((name) => [name, provider])),
      active: { ...flag, default: true },
      isVerified: { ...flag, default: false },
      hasTwoFA: { ...flag, default: false },
      isAnonymous: 'Boolean',
      twoFaMethod: 'String',
      phoneNumber: 'String',
      ...(Object.assign({}, ...extended) as object),
    },
    modelOptions: { conduit: { cms: { enabled: false } } },
  })
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

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
