import { openToAnybody } from '../anonymous-session.ts'
import { defineMutant } from '../mutant.ts'

export const trustedAddressSkipsAuth = defineMutant({
  name: 'trusted-address-skips-auth',
  defect:
    'A request that says it comes from the machine itself (X-Forwarded-For) needs no session.',
  kills: { 'SESSION-21': 'upstream calls for a stranger' },
  apply: (parts) =>
    openToAnybody(parts, 'list', (c) => c.req.header('x-forwarded-for') === '127.0.0.1'),
})
