import { Redis } from 'ioredis'
import { defineMutant } from '../mutant.ts'

export const redisDownHangs = defineMutant({
  name: 'redis-down-hangs',
  defect: 'Commands are queued without end while Redis is away, and each call waits with them.',
  kills: { 'RESIL-05': /^the answer within/ },
  apply: (parts) => ({
    ...parts,
    redis: ({ settings }) => {
      const redis = new Redis(settings.redisUrl, { maxRetriesPerRequest: null })
      redis.on('error', () => undefined)
      return redis
    },
  }),
})
