import { can } from '../authorization/permissions.ts'
import { relate } from '../authorization/relations.ts'
import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import type { FileRow } from './file-row.ts'
import { asPeer } from './peer-error.ts'

const NOT_IN_SCOPE = 'You are not allowed to create files in this scope'

/** Refuses who may not do `action` with a file; without storage authorization any user may. Source: ST/handlers/file.ts:48-81. */
export function checkAccess(
  context: RouteContext,
  action: 'read' | 'edit' | 'delete',
  file: FileRow,
): void {
  const subject = subjectOf(context)
  const { world } = context
  if (!world.config.storage.authorization.enabled) return
  if (!may(world, subject, action, `File:${file._id}`))
    throw new ConduitError('PERMISSION_DENIED', 'You do not have access to file')
}

/** Refuses who may not read the scope a new file is to belong to. Source: ST/handlers/file.ts:57-68. */
export function checkScope(context: RouteContext): void {
  const subject = subjectOf(context)
  const { world } = context
  const scope = context.queryParams['scope']
  if (!world.config.storage.authorization.enabled || typeof scope !== 'string' || scope === '')
    return
  if (!may(world, subject, 'read', scope)) throw new ConduitError('PERMISSION_DENIED', NOT_IN_SCOPE)
}

/** Makes the scope, or the user, owner of a new file. Source: ST/handlers/file.ts:83-104. */
export function giveOwner(context: RouteContext, file: FileRow): void {
  if (!context.world.config.storage.authorization.enabled) return
  checkScope(context)
  const scope = context.queryParams['scope']
  writeOwner(context.world, typeof scope === 'string' ? scope : subjectOf(context), file._id)
}

/** Makes `subject` (`Type:id`) the owner of a file. Throws PeerError with the authorization module's text. */
export function writeOwner(world: World, subject: string, fileId: string): void {
  asPeer('authorization.Authorization/CreateRelation', () => {
    relate(world, { subject, relation: 'owner', resource: `File:${fileId}` })
  })
}

function subjectOf({ caller }: RouteContext): string {
  if (!caller) throw new ConduitError('PERMISSION_DENIED', 'File access is not public')
  return `User:${caller.user._id}`
}

function may(world: World, subject: string, action: string, resource: string): boolean {
  return asPeer('authorization.Authorization/Can', () => can(world, subject, action, resource))
}
