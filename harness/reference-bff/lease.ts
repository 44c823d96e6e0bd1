import { randomUUID } from 'node:crypto'
import { unavailable } from './failure.ts'
import type { Services } from './services.ts'

/** A lock that is held as long as its owner lives, and `leaseMs` longer. */
export interface Lease {
  /** Gives the lock back, unless it has passed to another owner. */
  release(): Promise<void>
}

export interface Leases {
  /** Undefined while another owner holds it. */
  acquire(key: string): Promise<Lease | undefined>
}

const PROLONG = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('PEXPIRE', KEYS[1], ARGV[2])`
const RELEASE = `
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
return redis.call('DEL', KEYS[1])`

export function createLeases({ redis, settings }: Pick<Services, 'redis' | 'settings'>): Leases {
  return {
    async acquire(key) {
      const name = `renewing:${key}`
      const owner = randomUUID()
      const answer = await redis
        .set(name, owner, 'PX', settings.leaseMs, 'NX')
        .catch((cause: unknown) => {
          throw unavailable(503, 'vault_unavailable', cause)
        })
      if (answer !== 'OK') return undefined
      const beat = setInterval(() => {
        void redis.eval(PROLONG, 1, name, owner, String(settings.leaseMs)).catch(() => undefined)
      }, settings.leaseMs / 3)
      beat.unref()
      return {
        async release() {
          clearInterval(beat)
          // The lease runs out by itself when Redis cannot be told.
          await redis.eval(RELEASE, 1, name, owner).catch(() => undefined)
        },
      }
    },
  }
}
