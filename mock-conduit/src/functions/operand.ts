import type { RouteContext } from '../wire/route.ts'
import type { Endpoint } from './definition.ts'

/** A value of a condition or assignment; `absent` when an optional input was not given. Source: DB/handlers/CustomEndpoints/customEndpoint.handler.ts:46-98. */
export function operand(
  context: RouteContext,
  endpoint: Endpoint,
  field: { type: string; value: unknown },
): { value: unknown } | 'absent' {
  const name = typeof field.value === 'string' ? field.value : ''
  switch (field.type) {
    case 'Input':
      return inputValue(context, endpoint, name)
    case 'Context':
      return contextValue(context, name)
    default:
      return { value: field.value } // Custom and, a quirk, Schema: the literal
  }
}

function inputValue(
  { params }: RouteContext,
  endpoint: Endpoint,
  name: string,
): { value: unknown } | 'absent' {
  const value = Object.hasOwn(params, name) ? params[name] : undefined
  if (value !== undefined) return { value }
  if (endpoint.inputs?.find((each) => each.name === name)?.optional) return 'absent'
  throw new Error(`Field ${name} is missing from input`)
}

/** A dotted path into what the backend's handlers see: client, user, token payload. */
function contextValue({ caller, clientId }: RouteContext, path: string): { value: unknown } {
  let at: unknown = {
    clientId,
    ...(caller ? { user: caller.user, jwtPayload: caller.claims } : {}),
  }
  for (const key of path.split('.'))
    at =
      typeof at === 'object' && at !== null
        ? Object.entries(at).find(([name]) => name === key)?.[1]
        : undefined
  if (at === undefined) throw new Error(`Field ${path} is missing from context`)
  return { value: at }
}
