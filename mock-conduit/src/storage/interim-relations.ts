import type { World } from '../world/world.ts'

/** Stands in until the authorization module asks. */
export function can(world: World, subject: string, action: string, resource: string): boolean {
  for (const identifier of [subject, resource])
    if (!identifier.includes(':'))
      throw new Error(
        `${identifier === subject ? 'Subject' : 'Object'} must be a valid resource identifier`,
      )
  if (subject === resource) return true
  return (
    action !== '' &&
    world.store.table('Relationship').get(`${subject}#owner@${resource}`) !== undefined
  )
}

export function relate(
  world: World,
  relation: { subject: string; relation: string; resource: string },
): void {
  const _id = `${relation.subject}#${relation.relation}@${relation.resource}`
  world.store.table('Relationship').replace({ _id, ...relation })
}
