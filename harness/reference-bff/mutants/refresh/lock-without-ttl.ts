import { defineMutant } from '../mutant.ts'

export const lockWithoutTtl = defineMutant({
  name: 'lock-without-ttl',
  defect:
    'The lock of a renewal stays until its owner gives it back, which a dead owner never does.',
  kills: { 'REFRESH-16': 'the answer of instance 2' },
  needsProcess: true,
  apply: (parts) => ({
    ...parts,
    leases: ({ redis }) => ({
      async acquire(key) {
        const name = `renewing:${key}`
        if ((await redis.setnx(name, '1')) !== 1) return undefined
        return {
          async release() {
            await redis.del(name)
          },
        }
      },
    }),
  }),
})
