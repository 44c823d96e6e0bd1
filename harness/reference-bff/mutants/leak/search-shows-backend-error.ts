import { defineMutant } from '../mutant.ts'
import { relayingErrors } from '../relayed-errors.ts'

export const searchShowsBackendError = defineMutant({
  name: 'search-shows-backend-error',
  defect: 'The body of a failing search is whatever the backend answered; that of a list is not.',
  kills: { 'LEAK-10': 'tokens and internals in error answers' },
  collateral: ['LEAK-01'],
  apply: (parts) => relayingErrors(parts, (c) => c.req.query('q') !== undefined),
})
