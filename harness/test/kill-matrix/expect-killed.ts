import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mutants } from '../../reference-bff/mutants/index.ts'
import type { Mutant } from '../../reference-bff/mutants/mutant.ts'
import { catalogue } from '../../src/index.ts'
import { findChromium } from '../../src/instruments/chromium/find-chromium.ts'
import { startRedis } from '../../src/instruments/redis.ts'
import { runTarget } from '../run-target.ts'
import { seenAt } from './seen-at.ts'

const TARGETS = join(import.meta.dirname, '../../targets')

/** The reference with patience cut short, so that checks of time-outs do not take their full time. */
const IMPATIENT = { UPSTREAM_MS: '2500', RENEW_WAIT_MS: '3000' }

const NEEDS = '[needs redis-server: apt-get install -y redis-server]'
const NEEDS_CHROMIUM = '[needs chromium: apt-get install -y chromium]'
const browserChecks = new Set(catalogue.filter(({ needs }) => needs.browser).map(({ id }) => id))
const redis = await startRedis()
await redis?.stop()

/** Declares a test per mutant whose first check is of the group: each of its checks fails at the observation that the mutant states. */
export function expectKilled(group: string): void {
  const built = new Set(catalogue.map((check) => check.id))
  describe.skipIf(redis === undefined)(`the mutants for ${group} ${NEEDS}`, () => {
    for (const mutant of mutants) {
      const kills = Object.entries(mutant.kills).filter(([id]) => built.has(id))
      const ids = kills.map(([id]) => id)
      const inBrowser = ids.some((id) => browserChecks.has(id))
      if (ids[0]?.startsWith(`${group}-`))
        it.skipIf(inBrowser && findChromium() === undefined)(
          `${mutant.name} fails ${ids.join(' and ')}${inBrowser ? ` ${NEEDS_CHROMIUM}` : ''}`,
          { timeout: 300_000 },
          async () => {
            const env = { ...IMPATIENT, MUTANT: mutant.name }
            const results = await runTarget(join(TARGETS, fileFor(mutant)), {
              ids,
              env,
              strict: true,
            })
            expect(
              kills.map(([id, observation]) => `${id} ${seenAt(observation, results.get(id))}`),
            ).toEqual(kills.map(([id, observation]) => `${id} FAIL at ${String(observation)}`))
          },
        )
    }
  })
}

const fileFor = ({ needsProcess }: Mutant) =>
  needsProcess ? 'reference-command.yaml' : 'reference.yaml'
