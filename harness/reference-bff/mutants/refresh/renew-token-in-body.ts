import { changedRenewCall } from '../renew-call.ts'
import { defineMutant } from '../mutant.ts'

export const renewTokenInBody = defineMutant({
  name: 'renew-token-in-body',
  defect: 'The refresh token is sent as Bearer and, to be sure, in the body.',
  kills: { 'REFRESH-02': 'the refresh token elsewhere' },
  apply: (parts) =>
    changedRenewCall(parts, (call, refreshToken) => ({ ...call, json: { refreshToken } })),
})
