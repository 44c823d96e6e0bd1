import { createHash } from 'node:crypto'
import type { RouteContext } from '../wire/route.ts'
import { can, permittedIds } from './permissions.ts'
import { relate, relateAll } from './relations.ts'

/** Who acts on an authorization-enabled schema: the user, or the scope it may act for. */
export interface Actor {
  /** `User:<id>`, or the scope. */
  subject: string
  /** Ids of the schema's documents it may do `action` with. */
  permitted(action: string): Set<string>
  /** The view that the backend reads what it may do `action` with from, as PostgreSQL cuts its name: refusals of columns show it. */
  view(action: string): string
  /** Makes it the owner of a new document. */
  own(id: string): void
  /** Makes it the owner of new documents; refused when there are none. */
  ownAll(ids: readonly string[]): void
}

interface Act {
  schema: string
  action: 'read' | 'edit' | 'delete'
  /** The handler rethrows the message of an error, which then has the prefix of the authorization module's client. */
  rethrown: boolean
}

/** Checks `scope` and gives the actor. Throws the backend's texts (all 500). Source: DB/adapters/SchemaAdapter.ts:48-277. */
export function actorOf(context: RouteContext, { schema, action, rethrown }: Act): Actor {
  const { world, caller, queryParams } = context
  const user = `User:${caller?.user._id ?? ''}`
  const scope = typeof queryParams['scope'] === 'string' ? queryParams['scope'] : undefined
  const call = <T>(method: string, work: () => T): T => (rethrown ? prefixed(method, work) : work())
  if (scope && !call('Can', () => can(world, user, action, scope)))
    throw new Error(`${user} is not allowed to ${action} ${scope}`)
  const owner = { subject: scope ?? user, relation: 'owner' }
  const subject = scope === undefined || scope === '' ? user : scope
  return {
    subject,
    permitted: (wanted) => permittedIds(world, subject, wanted, schema),
    view: (wanted) => viewName(schema, subject, wanted),
    own: (id) => {
      call('CreateRelation', () => {
        relate(world, { ...owner, resource: `${schema}:${id}` })
      })
    },
    ownAll: (ids) => {
      call('CreateRelations', () => {
        relateAll(world, { ...owner, resources: ids.map((id) => `${schema}:${id}`) })
      })
    },
  }
}

/** Source: DB/adapters/SchemaAdapter.ts:48-50. */
function viewName(...names: string[]): string {
  return createHash('sha256').update(names.join('_')).digest('hex').slice(0, 63)
}

/** Source: SDK/classes/ConduitModule.ts:11, MT/helpers/wrapGrpcFunctions.ts:48-67. */
function prefixed<T>(method: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error)
    throw new Error(`/authorization.Authorization/${method} INTERNAL: ${text}`, { cause: error })
  }
}
