import { defineMutant } from '../mutant.ts'
import { changedOutcome } from '../renew-outcome.ts'

export const logoutOnTransient = defineMutant({
  name: 'logout-on-transient',
  defect: 'Every renewal that does not succeed ends the session, an outage too.',
  kills: { 'REFRESH-12': /^the client's answer while the renewal meets/ },
  apply: (parts) =>
    changedOutcome(parts, (_, outcome) =>
      outcome.kind === 'unavailable' ? { kind: 'ended' } : outcome,
    ),
})
