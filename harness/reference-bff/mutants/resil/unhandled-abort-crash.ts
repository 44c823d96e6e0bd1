import { BffFailure } from '../../failure.ts'
import { endingOn } from '../ended-process.ts'
import { defineMutant } from '../mutant.ts'

export const unhandledAbortCrash = defineMutant({
  name: 'unhandled-abort-crash',
  defect: 'A browser that leaves during a call ends the process.',
  kills: { 'RESIL-10': 'answers to the next calls' },
  apply: (parts) =>
    endingOn(parts, (error) => error instanceof BffFailure && error.code === 'client_left'),
})
