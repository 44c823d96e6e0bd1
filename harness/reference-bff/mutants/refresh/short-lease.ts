import { defineMutant } from '../mutant.ts'

export const shortLease = defineMutant({
  name: 'short-lease',
  defect:
    'The lock in Redis lasts a quarter of a second and is not prolonged while the renewal goes on.',
  kills: { 'REFRESH-05': 'renewals' },
  collateral: ['REFRESH-29'],
  apply: (parts) => ({
    ...parts,
    leases: ({ redis }) => ({
      async acquire(key) {
        const name = `renewing:${key}`
        const answer = await redis.set(name, '1', 'PX', 250, 'NX')
        if (answer !== 'OK') return undefined
        return {
          async release() {
            await redis.del(name)
          },
        }
      },
    }),
  }),
})
