import { defineMutant } from '../mutant.ts'
import { changedReplay } from '../replay-call.ts'
import { isCreate } from '../upstream-calls.ts'

export const scopeOnlyOnFirstAttempt = defineMutant({
  name: 'scope-only-on-first-attempt',
  defect: 'A create that is sent again after a renewal has lost its scope, and nothing else.',
  kills: { 'RULES-09': /^scope of attempt 2/ },
  collateral: ['REFRESH-14'],
  apply: (parts) =>
    changedReplay(parts, (call) => (isCreate(call) ? { ...call, query: {} } : call)),
})
