import { changedFailure } from '../failure-details.ts'
import { defineMutant } from '../mutant.ts'

export const stackInErrorBody = defineMutant({
  name: 'stack-in-error-body',
  defect: 'Errors are answered with their stack, as in development.',
  kills: { 'LEAK-10': 'tokens and internals in error answers' },
  apply: (parts) => changedFailure(parts, (error) => ({ stack: error.stack ?? '' })),
})
