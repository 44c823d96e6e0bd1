import { randomUUID } from 'node:crypto'
import { RedisStore } from 'connect-redis'
import { MemoryStore, type Store } from 'express-session'
import { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'
import { createClient } from 'redis'

const LIFE_SECONDS = 12 * 3600
const PATIENCE_MS = 2000

/** Where Express keeps its sessions, and where the tokens are. */
export interface Stores {
  sessions: Store
  tokens: Redis
  close(): void
}

/** `memory` is for one instance; every instance on one Redis URL knows the same sessions. */
export async function openStores(url: string): Promise<Stores> {
  if (url === 'memory') {
    const tokens = new RedisMock({ host: randomUUID() })
    const close = () => {
      tokens.disconnect()
    }
    return { sessions: new MemoryStore(), tokens, close }
  }
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: PATIENCE_MS / 2,
    socket: { connectTimeout: PATIENCE_MS, socketTimeout: PATIENCE_MS * 2, reconnectStrategy: 500 },
  })
  client.on('error', () => undefined) // each command reports its own failure
  await client.connect()
  const tokens = new Redis(url, {
    commandTimeout: PATIENCE_MS,
    connectTimeout: PATIENCE_MS,
    maxRetriesPerRequest: 1,
  })
  tokens.on('error', () => undefined)
  return {
    // No touch: an answer that only read the session writes nothing.
    sessions: new RedisStore({ client, prefix: 'express:', ttl: LIFE_SECONDS, disableTouch: true }),
    tokens,
    close() {
      client.destroy()
      tokens.disconnect()
    },
  }
}
