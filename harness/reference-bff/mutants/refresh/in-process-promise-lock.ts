import { defineMutant } from '../mutant.ts'

export const inProcessPromiseLock = defineMutant({
  name: 'in-process-promise-lock',
  defect: 'The single flight is a map of promises: each instance renews once.',
  kills: { 'REFRESH-05': 'renewals' },
  collateral: ['REFRESH-29'],
  apply: (parts) => ({
    ...parts,
    leases: () => ({ acquire: () => Promise.resolve({ release: () => Promise.resolve() }) }),
  }),
})
