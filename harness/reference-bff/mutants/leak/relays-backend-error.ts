import { defineMutant } from '../mutant.ts'
import { relayingErrors } from '../relayed-errors.ts'

export const relaysBackendError = defineMutant({
  name: 'relays-backend-error',
  defect: 'The body of a failing list is whatever the backend answered.',
  kills: { 'LEAK-10': 'tokens and internals in error answers' },
  collateral: ['LEAK-01'],
  apply: (parts) => relayingErrors(parts, () => true),
})
