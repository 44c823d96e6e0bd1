import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { Redis } from 'ioredis'
import RedisMock from 'ioredis-mock'

/** A Redis to test against: how to connect another client to it, and how to stop it. */
export interface TestRedis {
  connect(): Redis
  stop(): Promise<void>
}

export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0

let embedded = 0

/** In-process; clients of one TestRedis share data. */
export function startEmbeddedRedis(): Promise<TestRedis> {
  embedded += 1
  const host = `embedded-${embedded}`
  return Promise.resolve({ connect: () => new RedisMock({ host }), stop: () => Promise.resolve() })
}

/** A redis-server of our own on a free port, without persistence. */
export async function startRedisServer(): Promise<TestRedis> {
  const port = await freePort()
  const server: ChildProcess = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const clients: Redis[] = []
  if (!server.stdout) throw new Error('redis-server has no output')
  for await (const chunk of server.stdout)
    if (String(chunk).includes('Ready to accept connections')) break
  return {
    connect() {
      const client = new Redis(port, '127.0.0.1')
      clients.push(client)
      return client
    },
    async stop() {
      for (const client of clients) client.disconnect()
      const exited = once(server, 'exit')
      server.kill('SIGTERM')
      await exited
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : 0)
      })
    })
  })
}
