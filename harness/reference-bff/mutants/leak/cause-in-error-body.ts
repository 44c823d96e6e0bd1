import { changedFailure } from '../failure-details.ts'
import { defineMutant } from '../mutant.ts'

export const causeInErrorBody = defineMutant({
  name: 'cause-in-error-body',
  defect:
    'The message of what caused an error is answered too: "connect ECONNREFUSED 10.0.0.7:3000".',
  kills: { 'LEAK-10': 'tokens and internals in error answers' },
  apply: (parts) =>
    changedFailure(parts, (error, { settings }) =>
      error.cause instanceof Error
        ? { detail: `${settings.conduitUrl}: ${error.cause.message}` }
        : {},
    ),
})
