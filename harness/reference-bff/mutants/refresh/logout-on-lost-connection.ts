import { defineMutant } from '../mutant.ts'
import { changedOutcome } from '../renew-outcome.ts'

export const logoutOnLostConnection = defineMutant({
  name: 'logout-on-lost-connection',
  defect:
    'A status of 5xx keeps the session, but a connection that breaks during the renewal ends it.',
  kills: { 'REFRESH-12': /^the client's answer while the renewal meets/ },
  apply: (parts) =>
    changedOutcome(parts, (status, outcome) =>
      outcome.kind === 'unavailable' && status === 0 ? { kind: 'ended' } : outcome,
    ),
})
