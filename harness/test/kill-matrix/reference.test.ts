import { join } from 'node:path'
import { it } from 'vitest'
import { startRedis } from '../../src/instruments/redis.ts'
import { expectAllPassed } from '../expect-all-passed.ts'

const redis = await startRedis()
await redis?.stop()

/** As a process it is asked by `reference-command.yaml`. */
const skips = {
  'LEAK-20': 'what a target prints is seen only when the harness started it as a process',
  'REFRESH-16': 'only a target that the harness started as a process can be killed',
  'RESIL-09': 'only a target that the harness started as a process can be told to stop',
  'RESIL-15':
    'memory and sockets are seen only of a target that the harness started as a process, on Linux',
}

it.skipIf(redis === undefined)(
  'the reference passes every check [needs redis-server: apt-get install -y redis-server]',
  { timeout: 1_800_000, retry: 0 },
  async () => {
    await expectAllPassed(join(import.meta.dirname, '../../targets/reference.yaml'), skips)
  },
)
