import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mutants } from '../../reference-bff/mutants/index.ts'
import type { Mutant } from '../../reference-bff/mutants/mutant.ts'
import { catalogue, runHarness, type CheckResult } from '../../src/index.ts'

const TARGET = join(import.meta.dirname, '../../targets/reference.yaml')

/** The reference with patience cut short, so that checks of time-outs do not take their full time. */
export const IMPATIENT = { UPSTREAM_MS: '2500', RENEW_WAIT_MS: '3000' }

/** Declares a test per mutant that one of the group's checks must fail, at the observation that the mutant states. */
export function expectKilled(group: string): void {
  const built = new Set(catalogue.map((check) => check.id))
  describe(`the mutants for ${group}`, () => {
    for (const mutant of mutants)
      for (const [id, observation] of Object.entries(mutant.kills))
        if (id.startsWith(`${group}-`) && built.has(id))
          it(`${mutant.name} fails ${id}`, { timeout: 90_000 }, async () => {
            expect(seenAt(observation, await runOne(mutant, id))).toEqual(stated(observation))
          })
  })
}

async function runOne(mutant: Mutant, id: string): Promise<CheckResult | undefined> {
  const run = await runHarness({
    target: TARGET,
    ids: [id],
    env: { ...IMPATIENT, MUTANT: mutant.name },
  })
  return run.results.find((result) => result.id === id)
}

const stated = (observation: string | RegExp) => `FAIL at ${String(observation)}`

/** The verdict and where it fell; an observation that fits a stated pattern is named by the pattern. */
function seenAt(stated: string | RegExp, result: CheckResult | undefined): string {
  const { verdict = 'not run', finding, reason = '' } = result ?? {}
  if (finding === undefined) return `${verdict}: ${reason}`
  const { observation } = finding
  const fits = typeof stated !== 'string' && stated.test(observation)
  return `${verdict} at ${fits ? String(stated) : observation}`
}
