import { join } from 'node:path'
import { expect, it } from 'vitest'
import { runHarness } from '../../src/index.ts'
import { startRedis } from '../../src/instruments/redis.ts'
import { notPassed } from '../not-passed.ts'

const TARGET = join(import.meta.dirname, '../../targets/reference.yaml')

const redis = await startRedis()
await redis?.stop()

/** As a process it is asked by `reference-command.yaml`. */
const UNKILLABLE =
  'REFRESH-16 SKIP: only a target that the harness started as a process can be killed'

it.skipIf(redis === undefined)(
  'the reference passes every check [needs redis-server: apt-get install -y redis-server]',
  { timeout: 1_800_000 },
  async () => {
    const run = await runHarness({ target: TARGET })
    expect(notPassed(run.results)).toEqual([UNKILLABLE])
    expect([run.exitCode, run.problem]).toEqual([0, undefined])
  },
)
