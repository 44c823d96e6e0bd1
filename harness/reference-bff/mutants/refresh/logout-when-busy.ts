import { defineMutant } from '../mutant.ts'
import { changedOutcome } from '../renew-outcome.ts'

export const logoutWhenBusy = defineMutant({
  name: 'logout-when-busy',
  defect: 'Every 4xx of the renewal ends the session, 429 among them.',
  kills: { 'REFRESH-12': /^the client's answer while the renewal meets/ },
  apply: (parts) =>
    changedOutcome(parts, (status, outcome) =>
      status >= 400 && status < 500 ? { kind: 'ended' } : outcome,
    ),
})
