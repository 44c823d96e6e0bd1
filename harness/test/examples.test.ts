import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../src/index.ts'
import { startRedis } from '../src/instruments/redis.ts'
import { notPassed } from './not-passed.ts'
import { runTarget } from './run-target.ts'

const TARGETS = join(import.meta.dirname, '../targets')

const UNKILLABLE = 'only a target that the harness started as a process can be killed'
const ROUTELESS = 'routes.refresh is not declared'

/** What does not apply to a good example, and why. Everything else must be a PASS. */
const skips: Record<string, Record<string, string>> = {
  'proactive-refresh': {
    'REFRESH-16': UNKILLABLE,
    'REFRESH-26': ROUTELESS,
    'LEAK-12': 'the list shows no File documents: its upstream calls answer none',
    'LEAK-15': 'no declared page shows a picture that belongs to the user',
    'REFRESH-20': 'no declared page calls the backend',
    'REFRESH-21': 'no declared page calls the backend',
    'RULES-08': 'routes.create.scope is not declared',
    'RULES-10': 'routes.create.scope is not declared',
  },
  'express-session': {
    'REFRESH-16': UNKILLABLE,
    'REFRESH-26': ROUTELESS,
    ...Object.fromEntries(
      catalogue.filter(({ needs }) => needs.pages).map(({ id }) => [id, 'pages is not declared']),
    ),
  },
}

const redis = await startRedis()
await redis?.stop()

describe.skipIf(redis === undefined)(
  'a good example [needs redis-server: apt-get install -y redis-server]',
  () => {
    for (const [name, skipped] of Object.entries(skips))
      it(`${name} passes every check that applies to it`, { timeout: 1_800_000 }, async () => {
        const results = await runTarget(join(TARGETS, `${name}.yaml`))
        expect(notPassed(results.values()).sort()).toEqual(
          Object.entries(skipped)
            .map(([id, reason]) => `${id} SKIP: ${reason}`)
            .sort(),
        )
      })
  },
)
