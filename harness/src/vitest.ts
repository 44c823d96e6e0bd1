import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, it } from 'vitest'
import type { Check } from './check.ts'
import { catalogue } from './checks/index.ts'
import { loadTarget, openRun, type OpenRun } from './open-run.ts'
import { repeatCommand } from './repeat-command.ts'
import { byGroup } from './report/groups.ts'
import { failureBlock } from './report/terminal.ts'
import { resultOf } from './result-of.ts'
import type { RunOptions } from './run.ts'
import { selectChecks } from './select-checks.ts'
import type { CheckResult, Verdict } from './verdict/verdict.ts'
import { unmetWaivers, waived } from './waivers/apply-waivers.ts'
import { waiversOf } from './waivers/read-waivers.ts'
import type { Waiver } from './waivers/waiver.ts'

/** What to run and how; all of it may be left out. */
export interface ConformanceOptions extends Omit<
  RunOptions,
  'target' | 'signal' | 'evidence' | 'onDiscovery' | 'onCheck' | 'onResult' | 'onProblem' | 'onWait'
> {
  /** How long building and starting the target may take, in milliseconds; 10 minutes by default. */
  startTimeout?: number
  /** How long one check may take, in milliseconds; 5 minutes by default. */
  checkTimeout?: number
}

const MINUTE = 60_000

/**
 * Makes test cases of a target: a `describe` for each group, a test for each check. A check that does not apply is skipped with its reason;
 * one that fails throws its finding. A relative path starts from the current folder. Throws `SelectionError` when the choice is empty.
 */
export function conformance(target: RunOptions['target'], options: ConformanceOptions = {}): void {
  const from = options.checks ?? catalogue
  const checks = selectChecks(from, options)
  const seed = options.seed ?? Math.floor(performance.timeOrigin) % 1_000_000
  const name = options.name ?? (typeof target === 'string' ? target : target.target)
  const file = typeof target === 'string' ? target : name
  const results: CheckResult[] = []
  let run: OpenRun | undefined
  let waivers: readonly Waiver[] = []

  const resultFor = async (check: Check): Promise<CheckResult> => {
    if (!run) throw new Error('the target was not started')
    const reproduce = repeatCommand(check, { ...options, name: file, seed })
    const result = waived(await resultOf(check, { run, results, options, reproduce }), waivers)
    results.push(result)
    return result
  }

  describe(name, () => {
    beforeAll(
      async () => {
        const loaded = await loadTarget({ ...options, target })
        waivers = await waiversOf(loaded, {
          file: options.waivers,
          catalogue: from,
          today: options.today ?? new Date().toISOString().slice(0, 10),
        })
        run = await openRun(loaded, { ...options, seed })
      },
      options.startTimeout ?? 10 * MINUTE,
    )

    afterAll(async () => {
      await run?.close()
      const unmet = unmetWaivers(results, waivers)
      if (unmet.length > 0) throw new Error(unmet.join('\n'))
    }, MINUTE)

    for (const [group, members] of byGroup(checks))
      describe(group, () => {
        for (const check of members)
          it(
            `${check.id} ${check.title}`,
            { timeout: options.checkTimeout ?? 5 * MINUTE },
            async ({ skip }) => {
              const result = await resultFor(check)
              const { verdict, reason, waiver } = result
              if (NOT_RUN.includes(verdict)) skip(`${verdict}: ${reason ?? ''}`)
              if (waiver) skip(`waived until ${waiver.expires}: ${waiver.reason}`)
              if (!WELL.includes(verdict)) throw new Error(textOf(result))
            },
          )
      })
  })
}

const NOT_RUN: readonly Verdict[] = ['SKIP', 'BLOCKED']
const WELL: readonly Verdict[] = ['PASS', 'OBSERVED', 'WARN']

const textOf = (result: CheckResult) => stripVTControlCharacters(failureBlock(result))
