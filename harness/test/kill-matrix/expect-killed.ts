import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { mutants } from '../../reference-bff/mutants/index.ts'
import type { Mutant } from '../../reference-bff/mutants/mutant.ts'
import { catalogue, runHarness, type CheckResult } from '../../src/index.ts'

const TARGET = join(import.meta.dirname, '../../targets/reference.yaml')

/** The reference with patience cut short, so that checks of time-outs do not take their full time. */
export const IMPATIENT = { UPSTREAM_MS: '2500', RENEW_WAIT_MS: '3000' }

/** Declares a test per mutant whose first check is of the group: each of its checks fails at the observation that the mutant states. */
export function expectKilled(group: string): void {
  const built = new Set(catalogue.map((check) => check.id))
  describe(`the mutants for ${group}`, () => {
    for (const mutant of mutants) {
      const kills = Object.entries(mutant.kills).filter(([id]) => built.has(id))
      const ids = kills.map(([id]) => id)
      if (ids[0]?.startsWith(`${group}-`))
        it(`${mutant.name} fails ${ids.join(' and ')}`, { timeout: 90_000 }, async () => {
          const results = await resultsOf(mutant, ids)
          expect(
            kills.map(([id, observation]) => `${id} ${seenAt(observation, results.get(id))}`),
          ).toEqual(kills.map(([id, observation]) => `${id} FAIL at ${String(observation)}`))
        })
    }
  })
}

async function resultsOf(mutant: Mutant, ids: string[]): Promise<Map<string, CheckResult>> {
  const run = await runHarness({ target: TARGET, ids, env: { ...IMPATIENT, MUTANT: mutant.name } })
  return new Map(run.results.map((result) => [result.id, result]))
}

/** The verdict and where it fell; an observation that fits a stated pattern is named by the pattern. */
function seenAt(stated: string | RegExp, result: CheckResult | undefined): string {
  const { verdict = 'not run', finding, reason = '' } = result ?? {}
  if (finding === undefined) return `${verdict}: ${reason}`
  const { observation } = finding
  const fits = typeof stated !== 'string' && stated.test(observation)
  return `${verdict} at ${fits ? String(stated) : observation}`
}
