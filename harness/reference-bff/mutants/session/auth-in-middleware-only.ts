import { openToAnybody } from '../anonymous-session.ts'
import { defineMutant } from '../mutant.ts'

export const authInMiddlewareOnly = defineMutant({
  name: 'auth-in-middleware-only',
  defect:
    'Sessions are asked for in a middleware which an internal header of the framework switches off.',
  kills: { 'SESSION-21': 'upstream calls for a stranger' },
  apply: (parts) =>
    openToAnybody(parts, 'list', (c) => c.req.header('x-middleware-subrequest') !== undefined),
})
