import type { RouteCall } from '../../instruments/route-call.ts'

/** The call with a body that its own type does not allow: a form that ends in a lone percent sign, anything else without its last byte. */
export function undecodable(call: RouteCall): RouteCall {
  if (call.body === undefined) return call
  const type = call.headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? ''
  const body = type.startsWith('application/x-www-form-urlencoded')
    ? Buffer.concat([call.body, Buffer.from('&more=%')])
    : call.body.subarray(0, -1)
  return { ...call, body }
}
