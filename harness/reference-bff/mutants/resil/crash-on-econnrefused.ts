import { BffFailure } from '../../failure.ts'
import { endingOn } from '../ended-process.ts'
import { defineMutant } from '../mutant.ts'

export const crashOnEconnrefused = defineMutant({
  name: 'crash-on-econnrefused',
  defect: 'A connection to the backend that is refused ends the process.',
  kills: { 'RESIL-03': /^the answer to list on instance 1 while the backend is gone$/ },
  apply: (parts) =>
    endingOn(parts, (error) => error instanceof BffFailure && isRefusal(error.details.cause)),
})

const isRefusal = (cause: unknown) =>
  cause instanceof Error && 'code' in cause && cause.code === 'ECONNREFUSED'
