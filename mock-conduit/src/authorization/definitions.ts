import { schemasOf } from '../database/schemas.ts'
import type { World } from '../world/world.ts'

/** A resource type: which subjects may hold which relation, and which roles grant a permission. A role is a relation, `relation->permission`, or `*`: everyone. */
export interface ResourceDefinition {
  relations: Readonly<Record<string, readonly string[]>>
  permissions: Readonly<Record<string, readonly string[]>>
}

/** Source: DB/controllers/cms/schema.controller.ts:96-123. */
const document: ResourceDefinition = {
  relations: { owner: ['User', '*'], reader: ['User', '*'], editor: ['User', '*'] },
  permissions: {
    read: ['reader', 'editor', 'owner', 'reader->read', 'editor->read', 'owner->read'],
    edit: ['editor', 'owner', 'editor->edit', 'owner->edit'],
    delete: ['editor', 'editor->delete', 'owner', 'owner->delete'],
  },
}

/** Source: ST/authz/index.ts:3-23, AU/authz/index.ts:3-25. */
const platform: Readonly<Record<string, ResourceDefinition>> = {
  User: { relations: {}, permissions: {} },
  File: {
    relations: { owner: ['*'], reader: ['*'], editor: ['*'] },
    permissions: {
      read: [
        'owner',
        'reader',
        'editor',
        'reader->read',
        'editor->edit',
        'owner->read',
        'owner->edit',
      ],
      edit: ['owner', 'editor', 'editor->edit', 'owner->edit'],
      delete: ['owner', 'owner->edit'],
    },
  },
  Team: {
    relations: {
      member: ['User'],
      owner: ['User', 'Team'],
      readAll: ['User', 'Team'],
      editAll: ['User', 'Team'],
    },
    permissions: {
      read: ['owner', 'readAll', 'editAll', 'owner->read', 'owner->edit'],
      edit: ['owner', 'editAll', 'owner->edit'],
      delete: ['owner', 'owner->edit'],
      invite: ['owner', 'editAll', 'owner->edit'],
      viewMembers: ['member', 'owner', 'readAll', 'owner->read', 'editAll', 'owner->edit'],
      manageMembers: ['owner', 'owner->edit'],
      viewSubTeams: ['owner', 'readAll', 'editAll', 'owner->read', 'owner->edit'],
      manageSubTeams: ['owner', 'editAll', 'owner->edit'],
      deleteOwners: ['owner', 'owner->deleteOwners'],
    },
  },
}

/** The definition of a resource type in a world: an operator's own, Conduit's, or that of a schema with authorization. */
export function definitionOf(world: World, type: string): ResourceDefinition | undefined {
  const own = world.definition.resources?.find(({ name }) => name === type)
  if (own) return own
  if (Object.hasOwn(platform, type)) return platform[type]
  return schemasOf(world).get(type)?.authorization ? document : undefined
}

/** The type of an identifier, what stands before its first colon. */
export function typeOf(identifier: string): string {
  return identifier.split(':')[0] ?? ''
}

/** What a definition lists under a caller's name; nothing under a name that objects have by themselves. */
export function listedAs(
  lists: Readonly<Record<string, readonly string[]>> | undefined,
  name: string,
): readonly string[] {
  return lists && Object.hasOwn(lists, name) ? (lists[name] ?? []) : []
}
