import type { LedgerState } from './ledger.ts'
import { Broken, NotApplicable, SetupProblem, Vacuous } from './outcome-errors.ts'
import type { CheckResult, Level, Verdict } from './verdict.ts'

export type Judgement = Pick<CheckResult, 'verdict' | 'reason' | 'finding' | 'aftermath'>

/** Reads the verdict off what a check threw (undefined: nothing) and what it wrote into its ledger. */
export function judge(
  thrown: unknown,
  state: LedgerState,
  about: { level: Level; strict: boolean },
): Judgement {
  const aftermath: CheckResult['aftermath'] = { verdict: state.aftermath > 0 ? 'PASS' : 'NONE' }
  if (thrown instanceof Broken) {
    const broken = {
      verdict: brokenVerdict({ ...about, level: thrown.level ?? about.level }),
      reason: thrown.message,
      finding: thrown.finding,
    }
    return thrown.phase === 'behaviour'
      ? { ...broken, aftermath: { verdict: 'NONE' } }
      : { ...broken, aftermath: { verdict: 'FAIL', finding: thrown.finding } }
  }
  if (thrown instanceof SetupProblem) return { verdict: 'SETUP', reason: thrown.message, aftermath }
  if (thrown instanceof Vacuous) return { verdict: 'VACUOUS', reason: thrown.message, aftermath }
  if (thrown instanceof NotApplicable) return { verdict: 'SKIP', reason: thrown.message, aftermath }
  if (thrown !== undefined) return { verdict: 'HARNESS', reason: reasonOf(thrown), aftermath }
  if (state.witnesses.length === 0)
    return {
      verdict: 'HARNESS',
      reason: 'the check ended without a witness: it cannot tell that anything happened',
      aftermath,
    }
  if (state.expectations === 0)
    return {
      verdict: 'HARNESS',
      reason: 'the check ended without an expectation: it cannot fail',
      aftermath,
    }
  return { verdict: about.level === 'INFO' ? 'OBSERVED' : 'PASS', aftermath }
}

function brokenVerdict({ level, strict }: { level: Level; strict: boolean }): Verdict {
  if (level === 'INFO') return 'OBSERVED'
  return level === 'MUST' || strict ? 'FAIL' : 'WARN'
}

const reasonOf = (thrown: unknown) =>
  thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
