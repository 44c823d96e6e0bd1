import { unavailable } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'
import { changedOutcome } from '../renew-outcome.ts'

export const terminalOnlyOn401 = defineMutant({
  name: 'terminal-only-on-401',
  defect: 'Only a 401 ends the session when the renewal is refused; Conduit answers 400 and 403.',
  kills: { 'REFRESH-10': /^renewal answered 400 .*: the client's answer$/ },
  apply: (parts) =>
    changedOutcome(parts, (status, outcome) =>
      outcome.kind === 'ended' && status !== 401
        ? { kind: 'unavailable', failure: unavailable(503, 'renewal_failed') }
        : outcome,
    ),
})
