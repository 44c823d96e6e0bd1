import type { Check } from './check.ts'
import type { RunParts } from './context.ts'
import type { Evidence } from './evidence/evidence.ts'
import { missingNeed } from './missing-need.ts'
import type { OpenRun } from './open-run.ts'
import { notRun, runCheck } from './run-check.ts'
import type { CheckResult, Verdict } from './verdict/verdict.ts'

/** Where a run stands when it comes to a check. */
export interface Step {
  run: OpenRun
  /** What the checks before came to. */
  results: readonly CheckResult[]
  options: { strict?: boolean; repeat?: number }
  /** Is given what went over the wire in the first run of the check. */
  onEvidence?: (evidence: Evidence) => void
  /** The command that repeats just this check. */
  reproduce: string
}

const DOWN: readonly Verdict[] = ['FAIL', 'SETUP', 'BLOCKED', 'VACUOUS', 'HARNESS', 'FLAKY']

/** Runs one check as often as asked for, or says why it cannot be run; never throws. */
export async function resultOf(check: Check, step: Step): Promise<CheckResult> {
  const hindered = hindrance(check, step)
  if (hindered) return notRun(check, hindered.verdict, { ...hindered, reproduce: step.reproduce })
  const { options, run, reproduce, onEvidence } = step
  const strict = options.strict ?? false
  const first = await runCheck(check, run.parts, {
    strict,
    reproduce,
    ...(onEvidence ? { onEvidence } : {}),
  })
  const verdicts = [first.verdict]
  for (let round = 1; round < (options.repeat ?? 1); round += 1)
    verdicts.push((await runCheck(check, run.parts, { strict, reproduce })).verdict)
  if (verdicts.every((verdict) => verdict === first.verdict)) return first
  return {
    ...first,
    verdict: 'FLAKY',
    reason: `${verdicts.length} runs came to ${verdicts.join(', ')}. ${first.reason ?? ''}`.trim(),
  }
}

type Hindrance = { verdict: 'SKIP' | 'SETUP' | 'BLOCKED'; reason: string }

function hindrance(check: Check, { run, results }: Step): Hindrance | undefined {
  const { parts, vaultMissing } = run
  const offer = {
    target: parts.target,
    instances: parts.instances.length,
    vaultMissing,
    browserMissing: parts.chromium.missing,
  }
  const missing = missingNeed(check, offer)
  if (missing !== undefined) return { verdict: 'SKIP', reason: missing }
  const broken = brokenRoute(check, parts)
  if (broken !== undefined) return { verdict: 'SETUP', reason: broken }
  const base = (...verdicts: readonly Verdict[]) =>
    check.dependsOn.find((id) =>
      results.some((result) => result.id === id && verdicts.includes(result.verdict)),
    )
  const blocker = base(...DOWN)
  if (blocker !== undefined) return { verdict: 'BLOCKED', reason: `${blocker} did not pass` }
  const borne = base('WAIVED')
  if (borne === undefined) return undefined
  return { verdict: 'SKIP', reason: `it builds on ${borne}, which is waived` }
}

const brokenRoute = ({ needs }: Check, { discovery }: RunParts): string | undefined =>
  discovery.routes.find(
    ({ route, problem }) => problem !== undefined && needs.routes?.includes(route),
  )?.problem
