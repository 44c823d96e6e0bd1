import { documentOf } from '../database/places.ts'
import { sqlText } from '../database/sql-text.ts'
import { oauthProviders, userExtension, userModel } from '../database/user-schema.ts'
import { defaultOf, stored } from '../database/values.ts'
import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'

const oauth = Object.freeze({ id: null, token: null, tokenExpires: null, data: null })
const metamask = Object.freeze({ ethPublicAddress: null, nonce: null })

/** One object of nulls per provider, in Conduit's order. PostgreSQL fills them in. */
const providers: Readonly<Record<string, Readonly<Record<string, null>>>> = {
  metamask,
  ...Object.fromEntries(oauthProviders.map((name) => [name, oauth])),
}

/** Names that `userData` may not use: the fields of Conduit's own User schema. Source: A/models/User.schema.ts:47-127. */
const ownFields: ReadonlySet<string> = new Set([
  '_id',
  'email',
  'username',
  'hashedPassword',
  ...Object.keys(providers),
  'active',
  'isVerified',
  'hasTwoFA',
  'isAnonymous',
  'twoFaMethod',
  'phoneNumber',
  'createdAt',
  'updatedAt',
])

/** Columns of the user table, without `_id` and timestamps; the objects of providers are several columns each. */
export const userColumns: readonly string[] = [...ownFields]
  .filter((field) => !['_id', 'createdAt', 'updatedAt'].includes(field))
  .flatMap((field) => {
    const parts = providers[field]
    return parts ? Object.keys(parts).map((key) => `${field}_${key}`) : [field]
  })

/** True when `userData` names a field of the User schema. */
export function overwritesUserFields(userData: object): boolean {
  return Object.keys(userData).some((key) => ownFields.has(key))
}

type Fields = Readonly<Record<string, unknown>>

/** Fields that the world's own extension of the User schema adds, in Conduit's export format (`{schemaName: 'User', extension: {fields}}`). */
export function extensionFields(world: World): string[] {
  return Object.keys(userExtension(world.definition))
}

/** What the extension's fields hold of a user of whom nothing is said. */
function extensionDefaults(world: World): Fields {
  const model = userModel(world.definition)
  const names = new Set(extensionFields(world))
  const columns = model.columns.filter(({ path: [first = ''] }) => names.has(first))
  return documentOf({ columns, nests: model.nests }, (column) => stored(column, defaultOf(column)))
}

export interface NewUser {
  _id?: string | undefined
  email?: string | null | undefined
  username?: string | null | undefined
  active?: boolean | undefined
  isVerified?: boolean | undefined
  isAnonymous?: boolean | null | undefined
}

/** Fields as Sequelize writes them: its own form of a NUL in a text, and whole letters only. */
export function writtenFields(fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name,
      typeof value === 'string' ? sqlText(value) : value,
    ]),
  )
}

/** Stores a user with the model's defaults. `extension` holds fields of the User schema's extension. The row is what `GET /authentication/user` answers: it never holds a password. */
export function createUser(world: World, user: NewUser, extension: Fields = {}): Row {
  requireLength(user.email)
  const now = new Date(world.clock.now()).toISOString()
  const row = {
    _id: user._id ?? world.ids.uuid(),
    ...writtenFields({ email: user.email ?? null, username: user.username ?? null }),
    active: user.active ?? true,
    isVerified: user.isVerified ?? false,
    hasTwoFA: false,
    isAnonymous: user.isAnonymous ?? null,
    twoFaMethod: null,
    phoneNumber: null,
    createdAt: now,
    updatedAt: now,
    ...providers,
    ...extensionDefaults(world),
    ...writtenFields(extension),
  }
  world.store.table('User').insert(row)
  return row
}

/** PostgreSQL's refusal of a text that its column has no room for. */
export function requireLength(text: string | null | undefined): void {
  if (Array.from(text ?? '').length > 255)
    throw new Error('value too long for type character varying(255)')
}

/** A user as an update answers it: provider objects as flat columns (`apple_id` …); Conduit's leaked `hashedPassword` is left out. Recording auth-patch-user. */
export function flattenUser(row: Row): Record<string, unknown> {
  const flat: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(row)) {
    if (!(name in providers) || typeof value !== 'object' || value === null) flat[name] = value
    else for (const [key, each] of Object.entries(value)) flat[`${name}_${key}`] = each
  }
  return flat
}
