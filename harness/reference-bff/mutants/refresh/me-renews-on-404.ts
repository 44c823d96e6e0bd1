import { defineMutant } from '../mutant.ts'
import { afterCalls, isMe } from '../route-calls.ts'

export const meRenewsOn404 = defineMutant({
  name: 'me-renews-on-404',
  defect: 'Asking who is signed in takes a user who is not found for a stale token, and renews.',
  kills: { 'REFRESH-13': 'renewals when me meets 404' },
  apply: (parts) =>
    afterCalls(parts, isMe, async ({ status }, { session, services }) => {
      if (status === 404) session.entry = await services.renewal.renew(session.key, session.entry)
      return undefined
    }),
})
