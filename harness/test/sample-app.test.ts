import { join } from 'node:path'
import { describe, it } from 'vitest'
import { startRedis } from '../src/instruments/redis.ts'
import { expectAllPassed } from './expect-all-passed.ts'

const redis = await startRedis()
await redis?.stop()

/** What does not apply to the sample app, and why. Everything else must be a PASS. */
const skips = {
  'REFRESH-26': 'routes.refresh is not declared',
  'REFRESH-15': 'routes.upload is not declared',
  'LEAK-09': 'routes.sso is not declared',
  'LEAK-13': 'routes.upload is not declared',
  'LEAK-12': 'the list shows no File documents: its upstream calls answer none',
  'RULES-07': 'routes.list.sort is not declared',
  'RULES-08': 'routes.create.scope is not declared',
  'RULES-09': 'routes.create.scope is not declared',
  'RULES-10': 'routes.create.scope is not declared',
  'RULES-11': 'routes.create.scope is not declared',
  'RULES-14': 'start.env takes no {{backend.clientId}} and {{backend.clientSecret}}',
}

describe.skipIf(redis === undefined)(
  'the sample app, two instances of its production build [needs redis-server: apt-get install -y redis-server]',
  () => {
    it('passes every check that applies to it', { timeout: 1_800_000, retry: 0 }, async () => {
      await expectAllPassed(join(import.meta.dirname, '../targets/sample-app.yaml'), skips)
    })
  },
)
