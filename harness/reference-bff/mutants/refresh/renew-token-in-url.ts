import { changedRenewCall } from '../renew-call.ts'
import { defineMutant } from '../mutant.ts'

export const renewTokenInUrl = defineMutant({
  name: 'renew-token-in-url',
  defect:
    'The refresh token is sent as Bearer and, in part, as a trace parameter of the URL, where access logs keep it.',
  kills: { 'REFRESH-02': 'the refresh token elsewhere' },
  apply: (parts) =>
    changedRenewCall(parts, (call, refreshToken) => ({
      ...call,
      query: { trace: refreshToken.slice(0, 40) },
    })),
})
