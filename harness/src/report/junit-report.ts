import { byGroup } from './groups.ts'
import { newBuilder } from './junit-builder.ts'
import type { RunResult } from '../run.ts'
import type { CheckResult, Verdict } from '../verdict/verdict.ts'

/** JUnit XML: one suite per group, the requirement strings as properties; what was not run is skipped, what proves nothing is an error. */
export function junitReport(run: RunResult): string {
  const report = newBuilder()
  const groups = byGroup(run.results)
  for (const [group, results] of groups) {
    const suite = report.testSuite().name(`${run.target} ${group}`).timestamp(run.startedAt)
    for (const result of results) {
      const test = suite
        .testCase()
        .className(group)
        .name(`${result.id} ${result.title}`)
        .time(result.durationMs / 1000)
      for (const requirement of result.requirement) test.property('requirement', requirement)
      if (result.verdict === 'FAIL') test.failure(failureText(result), 'FAIL')
      else if (result.verdict === 'WAIVED')
        test.standardOutput(`waived until ${waiverText(result)}\n${failureText(result)}`).skipped()
      else if (NOT_RUN.includes(result.verdict))
        test.standardOutput(`${result.verdict}: ${result.reason ?? ''}`).skipped()
      else if (
        result.verdict !== 'PASS' &&
        result.verdict !== 'WARN' &&
        result.verdict !== 'OBSERVED'
      )
        test.error(`${result.verdict}: ${result.reason ?? ''}`, result.verdict)
      else if (result.verdict === 'WARN') test.standardOutput(`WARN ${failureText(result)}`)
    }
  }
  return report.build()
}

const NOT_RUN: readonly Verdict[] = ['SKIP', 'BLOCKED']

const waiverText = ({ waiver }: CheckResult) =>
  waiver ? `${waiver.expires}: ${waiver.reason}` : ''

function failureText({ level, requirement, finding, reason, reproduce }: CheckResult): string {
  const seen = finding
    ? `${finding.observation}: expected ${finding.expected}, got ${finding.got}`
    : (reason ?? '')
  return `${level} ${requirement.join(', ')}\n${seen}\nrepeat: ${reproduce}`
}
