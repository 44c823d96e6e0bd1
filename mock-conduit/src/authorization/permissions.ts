import type { World } from '../world/world.ts'
import { decided } from './decisions.ts'
import { holdersOf, holds, permittedResources } from './index-entries.ts'
import { requireTuple } from './relations.ts'

/** Whether `subject` may do `action` with `resource`; what is no identifier or action is refused with the backend's text. Source: AZ/controllers/permissions.controller.ts:63-99. */
export function can(world: World, subject: string, action: string, resource: string): boolean {
  requireTuple(subject, action, resource)
  return decided(
    world,
    { subject, relation: action, resource },
    () =>
      subject === resource ||
      holdersOf(world, action, resource).some((holder) => holds(world, subject, holder)),
  )
}

/** Ids of one type's resources that `subject` may do `action` with. That a subject may do anything with itself does not count here. Source: AZ/utils/index.ts:76-111. */
export function permittedIds(
  world: World,
  subject: string,
  action: string,
  type: string,
): Set<string> {
  const resources = permittedResources(world, subject, { permission: action, type })
  return new Set([...resources].map((resource) => resource.split(':')[1] ?? ''))
}
