import { defineMutant } from '../mutant.ts'

const LIFE_MS = 3000

export const lockDelNotOwned = defineMutant({
  name: 'lock-del-not-owned',
  defect:
    'The lock lives three seconds and is not prolonged, and whoever comes to its end deletes it, also when another has it by now.',
  kills: { 'REFRESH-17': 'renewals under way at one moment' },
  collateral: ['REFRESH-29'],
  apply: (parts) => ({
    ...parts,
    leases: ({ redis }) => ({
      async acquire(key) {
        const name = `renewing:${key}`
        if ((await redis.set(name, '1', 'PX', LIFE_MS, 'NX')) !== 'OK') return undefined
        return {
          async release() {
            await redis.del(name)
          },
        }
      },
    }),
  }),
})
