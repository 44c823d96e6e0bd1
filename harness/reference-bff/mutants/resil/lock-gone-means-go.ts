import { setTimeout as delay } from 'node:timers/promises'
import { sessionOver } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'
import { renewNow } from '../renewals.ts'

const LOOK_AGAIN_MS = 40

export const lockGoneMeansGo = defineMutant({
  name: 'lock-gone-means-go',
  defect:
    'Who waits for the lock of a renewal does not take it when it is gone: all of them renew if nobody has.',
  kills: { 'RESIL-08': 'presentations of one refresh token' },
  apply: (parts) => ({
    ...parts,
    renewal: (services) => ({
      async renew(key, used) {
        const { leases, redis, vault } = services
        const lease = await leases.acquire(key)
        if (lease) return renewNow(services, key, used).finally(() => lease.release())
        while ((await redis.exists(`renewing:${key}`)) > 0) await delay(LOOK_AGAIN_MS)
        const current = await vault.read(key)
        if (!current) throw sessionOver()
        return current.generation === used.generation ? renewNow(services, key, used) : current
      },
      idle: () => Promise.resolve(),
    }),
  }),
})
