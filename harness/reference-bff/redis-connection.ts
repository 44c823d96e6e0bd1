import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'

/** Connects lazily and fails fast: a command is given up after one reconnect or three seconds. `embedded:` is a store of its own inside this process. */
export function connectRedis(url: string): Redis {
  if (url.startsWith('embedded:')) return new RedisMock({ host: `embedded-${randomUUID()}` })
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: 2000,
    commandTimeout: 3000,
    maxRetriesPerRequest: 1,
    retryStrategy: (attempt) => Math.min(attempt * 50, 500),
  })
  // Without a listener an outage would be thrown; each command reports it to its own caller.
  redis.on('error', () => undefined)
  return redis
}
