import { defineMutant } from '../mutant.ts'
import { trustingAuthorization } from '../own-credentials.ts'

export const trustsClientAuthorization = defineMutant({
  name: 'trusts-client-authorization',
  defect: "An Authorization header of the browser's replaces the session's token.",
  kills: { 'PROXY-02': 'who the calls act for when the browser sends Bearer' },
  apply: (parts) =>
    trustingAuthorization(parts, async (accessToken, own) => {
      const session = await own()
      const tokens = { ...session.entry.tokens, accessToken }
      return { ...session, entry: { ...session.entry, tokens } }
    }),
})
