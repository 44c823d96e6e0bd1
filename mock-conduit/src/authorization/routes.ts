import { requireUser } from '../auth/middleware.ts'
import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, RouteDef } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { can } from './permissions.ts'
import { relationsOn } from './relations.ts'

const required = { type: 'String', required: true }

/** Client routes of the authorization module. Source: AZ/router/index.ts:32-117. */
export function authorizationRoutes(_world: World): RouteDef[] {
  return [
    {
      method: 'GET',
      path: '/authorization/check',
      query: { action: required, resource: required, scope: 'String' },
      middlewares: [requireUser],
      handler: check,
    },
    {
      method: 'GET',
      path: '/authorization/role/:resource',
      url: { resource: required },
      query: { scope: 'String' },
      middlewares: [requireUser],
      handler: roles,
    },
  ]
}

function check(context: RouteContext): unknown {
  const { action, resource } = context.params
  const subject = subjectOf(context, String(action))
  return { allowed: can(context.world, subject, String(action), String(resource)) }
}

function roles(context: RouteContext): unknown {
  const subject = subjectOf(context, 'read')
  const held = relationsOn(context.world, String(context.params['resource'])).filter(
    (each) => each.subject === subject,
  )
  return { roles: held.map(({ relation }) => relation) }
}

/** The scope, if the user may do the same with it, else the user; an empty scope is asked for nothing, but is the subject. */
function subjectOf({ world, caller, params }: RouteContext, action: string): string {
  const user = `User:${caller?.user._id ?? ''}`
  const { scope } = params
  if (typeof scope !== 'string') return user
  if (scope !== '' && !can(world, user, action, scope))
    throw new ConduitError('PERMISSION_DENIED', 'User does not have access to scope')
  return scope
}
