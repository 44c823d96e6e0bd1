import { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'
import { changedOutcome } from '../renew-outcome.ts'

export const ignoresBlocked = defineMutant({
  name: 'ignores-blocked',
  defect:
    'A renewal that is refused with 403 counts as a right that is missing, and the session stays.',
  kills: { 'SESSION-22': 'renewals of a blocked user' },
  collateral: ['REFRESH-10'],
  apply: (parts) =>
    changedOutcome(parts, (status, outcome) =>
      outcome.kind === 'ended' && status === 403
        ? { kind: 'unavailable', failure: new BffFailure(403, 'forbidden') }
        : outcome,
    ),
})
