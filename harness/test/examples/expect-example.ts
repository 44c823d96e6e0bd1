import { join } from 'node:path'
import { describe, it } from 'vitest'
import { startRedis } from '../../src/instruments/redis.ts'
import { expectAllPassed } from '../expect-all-passed.ts'
import { skips } from './what-applies.ts'

const TARGETS = join(import.meta.dirname, '../../targets')

const redis = await startRedis()
await redis?.stop()

/** A test that an example passes every check that applies to it; a file of its own for each lets them run side by side. */
export function expectExample(name: keyof typeof skips): void {
  describe.skipIf(redis === undefined)(
    'a good example [needs redis-server: apt-get install -y redis-server]',
    () => {
      it(
        `${name} passes every check that applies to it`,
        { timeout: 1_800_000, retry: 0 },
        async () => {
          await expectAllPassed(join(TARGETS, `${name}.yaml`), skips[name])
        },
      )
    },
  )
}
