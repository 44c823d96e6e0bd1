import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { mutants } from '../../reference-bff/mutants/index.ts'
import type { Mutant } from '../../reference-bff/mutants/mutant.ts'
import { catalogue, type TargetInput } from '../../src/index.ts'
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
            const results = await runTarget(targetFor(mutant), {
              folder: TARGETS,
              ids,
              env,
              strict: true,
            })
            expect(
              kills.map(([id, observation]) => `${id} ${seenAt(observation, results.get(id))}`),
            ).toEqual(
              kills.map(([id, observation]) => `${id} ${brokenAs(id)} at ${String(observation)}`),
            )
          },
        )
    }
  })
}

/** Nothing is required of what is only recorded: there it is the finding that tells the mutant. */
const brokenAs = (id: string) =>
  catalogue.find((check) => check.id === id)?.level === 'INFO' ? 'OBSERVED' : 'FAIL'

/** Checks that wait until a client has been kept for too long: where nothing ever ends, nobody need wait for half a minute to see it. */
const WAITING = ['PREVIEW-25', 'RESIL-02']

function targetFor(mutant: Mutant): TargetInput {
  const file = join(TARGETS, fileFor(mutant))
  const target = parse(readFileSync(file, 'utf8')) as TargetInput
  const isWaiting = WAITING.some((id) => id in mutant.kills)
  return isWaiting ? { ...target, policy: { ...target.policy, deadline: '12s' } } : target
}

function fileFor({ needsProcess, needsProof }: Mutant): string {
  if (needsProof) return 'reference-with-header.yaml'
  return needsProcess ? 'reference-command.yaml' : 'reference.yaml'
}
