import { ConduitError } from '../wire/conduit-error.ts'
import type { World } from '../world/world.ts'
import { extensionFields, overwritesUserFields } from './user-model.ts'
import { isFields } from '../is-object.ts'

/** Refuses `userData` that names a field of the User schema. Source: A/utils/index.ts (checkUserData). */
export function checkUserData(userData: unknown): void {
  if (!isFields(userData) || !overwritesUserFields(userData)) return
  throw new ConduitError('INVALID_ARGUMENT', 'User data cannot overwrite User schema fields')
}

/** Of `userData`, the part that the User schema has room for; the rest is dropped silently. */
export function keptUserData(world: World, userData: unknown): Record<string, unknown> {
  if (!isFields(userData)) return {}
  const fields = extensionFields(world).filter((field) => Object.hasOwn(userData, field))
  return Object.fromEntries(fields.map((field) => [field, userData[field]]))
}

/** What the user says laid over what the invitation says, to any depth and with lists place by place, as lodash merges. Source: A/handlers/local.ts:338-343. */
export async function mergedUserData(invited: unknown, userData: unknown): Promise<unknown> {
  if (!isFields(invited)) return userData
  const { default: merge } = await import('lodash-es/merge.js')
  return merge({}, invited, userData)
}
