import { ConduitError } from '../wire/conduit-error.ts'
import type { World } from '../world/world.ts'
import { extensionFields, isFields, overwritesUserFields } from './user-model.ts'

/** Refuses `userData` that names a field of the User schema. Source: A/utils/index.ts (checkUserData). */
export function checkUserData(userData: unknown): void {
  if (!isFields(userData) || !overwritesUserFields(userData)) return
  throw new ConduitError('INVALID_ARGUMENT', 'User data cannot overwrite User schema fields')
}

/** Of `userData`, the part that the User schema has room for; the rest is dropped silently. */
export function keptUserData(world: World, ...sources: unknown[]): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  const fields = extensionFields(world)
  for (const source of sources) {
    if (!isFields(source)) continue
    for (const field of fields) if (Object.hasOwn(source, field)) kept[field] = source[field]
  }
  return kept
}
