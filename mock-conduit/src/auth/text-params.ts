import type { RouteContext } from '../wire/route.ts'

/** An address in lower case. The query is not declared on these routes, so it overrides the body unchecked; what it makes a list, Conduit stumbles over (500). Source: H/Rest/Rest.ts:158-178. */
export function loweredParam(params: RouteContext['params'], name: 'email' | 'newEmail'): string {
  const value = params[name]
  if (typeof value !== 'string')
    throw new TypeError(`call.request.params.${name}.toLowerCase is not a function`)
  return value.toLowerCase()
}
