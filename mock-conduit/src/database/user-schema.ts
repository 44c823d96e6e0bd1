import type { WorldDefinition } from '@conduit-bff/fixtures'
import { parseSchema, type SchemaModel } from './schema-model.ts'
import { isFields } from '../is-object.ts'

type Fields = Readonly<Record<string, unknown>>

const provider = { id: 'String', token: 'String', tokenExpires: 'Date', data: 'JSON' }

/** Those that a user may have signed up with, in Conduit's order. Source: A/models/User.schema.ts:47-127. */
export const oauthProviders = [
  'apple',
  'bitbucket',
  'facebook',
  'figma',
  'github',
  'gitlab',
  'google',
  'linkedin',
  'microsoft',
  'reddit',
  'slack',
  'twitch',
  'twitter',
] as const

/** The fields that a world adds to the User schema, in Conduit's export format (`{schemaName: 'User', extension: {fields}}`). */
export function userExtension({ extensions }: WorldDefinition): Fields {
  const declared = extensions.flatMap(({ schemaName, extension }) =>
    schemaName === 'User' && isFields(extension) ? [extension['fields']] : [],
  )
  return Object.assign({}, ...declared.filter(isFields)) as Fields
}

const models = new WeakMap<WorldDefinition, SchemaModel>()

/** Conduit's own User schema, without the password, and what the world extends it by: custom endpoints may read it, and change the extension. Parsed once for a world. */
export function userModel(definition: WorldDefinition): SchemaModel {
  let model = models.get(definition)
  if (!model) {
    model = parseUser(definition)
    models.set(definition, model)
  }
  return model
}

/** Source: A/models/User.schema.ts:47-127. */
function parseUser(definition: WorldDefinition): SchemaModel {
  const flag = { type: 'Boolean', required: true }
  return parseSchema({
    name: 'User',
    fields: {
      email: 'String',
      username: 'String',
      metamask: { ethPublicAddress: 'String', nonce: 'String' },
      ...Object.fromEntries(oauthProviders.map((name) => [name, provider])),
      active: { ...flag, default: true },
      isVerified: { ...flag, default: false },
      hasTwoFA: { ...flag, default: false },
      isAnonymous: 'Boolean',
      twoFaMethod: 'String',
      phoneNumber: 'String',
      ...userExtension(definition),
    },
    modelOptions: { conduit: { cms: { enabled: false } } },
  })
}
