import { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'

const COMMAND_TIMEOUT_MS = 3_000

/** A client that fails fast instead of queueing while Redis is away, and reconnects by itself. */
export function connectRedis(url: string): Redis {
  if (url === 'embedded:') return new RedisMock()
  const redis = new Redis(url, {
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: COMMAND_TIMEOUT_MS,
    enableOfflineQueue: true,
    retryStrategy: (times) => Math.min(times * 100, 1_000),
  })
  redis.on('error', () => undefined) // each command reports its own failure
  return redis
}
