import type { RouteContext } from '../wire/route.ts'
import { can, isIdentifier, permittedIds, relate } from './relations.ts'

/** What the text of a malformed scope looks like when a handler rethrows it from the authorization module. */
const RETHROWN = '/authorization.Authorization/Can INTERNAL: '

/** Who acts on an authorization-enabled schema: the user, or the scope it may act for. */
export interface Actor {
  /** `User:<id>`, or the scope. */
  subject: string
  /** Ids of the schema's documents it may do `action` with. */
  permitted(action: string): Set<string>
  /** Makes it the owner of a new document. */
  own(id: string): void
}

/** Checks `scope` and gives the actor. Throws the backend's texts (all 500). Source: DB/adapters/SchemaAdapter.ts:139-277. */
export function actorOf(
  context: RouteContext,
  about: { schema: string; action: 'read' | 'edit' | 'delete'; rethrown: boolean },
): Actor {
  const { world, caller, queryParams } = context
  const user = `User:${caller?.user._id ?? ''}`
  const scope = typeof queryParams['scope'] === 'string' ? queryParams['scope'] : undefined
  if (scope) {
    if (!isIdentifier(scope))
      throw new Error(`${about.rethrown ? RETHROWN : ''}Object must be a valid resource identifier`)
    if (!can(world, user, about.action, scope))
      throw new Error(`${user} is not allowed to ${about.action} ${scope}`)
  }
  const subject = scope === undefined || scope === '' ? user : scope
  return {
    subject,
    permitted: (action) => permittedIds(world, subject, action, about.schema),
    own: (id) => {
      relate(world, {
        subject: scope ?? user,
        relation: 'owner',
        resource: `${about.schema}:${id}`,
      })
    },
  }
}
