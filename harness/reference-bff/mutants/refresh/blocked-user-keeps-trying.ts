import { unavailable } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'
import { changedOutcome } from '../renew-outcome.ts'

export const blockedUserKeepsTrying = defineMutant({
  name: 'blocked-user-keeps-trying',
  defect: 'A renewal that is refused with 403 (the user is blocked) counts as an outage.',
  kills: { 'REFRESH-10': /^renewal answered 403 .*: the client's answer$/ },
  apply: (parts) =>
    changedOutcome(parts, (status, outcome) =>
      outcome.kind === 'ended' && status === 403
        ? { kind: 'unavailable', failure: unavailable(503, 'renewal_failed') }
        : outcome,
    ),
})
