import type { RunResult } from '../run.ts'
import { MEANINGS, provesNothing, type CheckResult } from '../verdict/verdict.ts'
import { byGroup, countVerdicts } from './groups.ts'

/** A summary for CI pages that show Markdown: a table by group, then everything that is not well. */
export function markdownReport(run: RunResult): string {
  const counts = [...countVerdicts(run.results)]
    .map(([verdict, count]) => `**${count}** ${verdict}`)
    .join(', ')
  const rows = [...byGroup(run.results)].map(([group, results]) => {
    const passed = results.filter(({ verdict }) => verdict === 'PASS').length
    const others = results.filter(({ verdict }) => verdict !== 'PASS')
    return `| ${group} | ${passed} / ${results.length} | ${others.map(({ id, verdict }) => `${id} ${verdict}`).join(', ')} |`
  })
  return [
    `## ${text(run.target)}: ${outcomeOf(run)}`,
    '',
    `${counts || 'nothing ran'} in ${(run.durationMs / 1000).toFixed(1)} s (seed ${run.seed}, exit code ${run.exitCode}).`,
    '',
    ...(run.problem === undefined ? [] : [...block(run.problem), '']),
    ...run.unmetWaivers.map((unmet) => `- ${text(unmet)}`),
    ...(run.unmetWaivers.length === 0 ? [] : ['']),
    '| group | passed | others |',
    '|---|---|---|',
    ...rows,
    '',
    ...run.results.filter(needsMending).map(section),
  ].join('\n')
}

function outcomeOf({ results, exitCode }: RunResult): string {
  if (provesNothing(results)) return 'nothing was proven'
  return exitCode === 0 ? 'all well' : 'not all well'
}

const NEEDS_MENDING: readonly CheckResult['verdict'][] = [
  'FAIL',
  'WARN',
  'WAIVED',
  'VACUOUS',
  'FLAKY',
  'HARNESS',
]
const needsMending = ({ verdict }: CheckResult) => NEEDS_MENDING.includes(verdict)

function section(result: CheckResult): string {
  const { id, title, verdict, level, requirement, finding, reason, waiver } = result
  return [
    `<details${verdict === 'FAIL' ? ' open' : ''}><summary><b>${verdict} ${id}</b> ${text(title)}</summary>`,
    '',
    `${level}: ${text(requirement.join(', ')) || 'project rule'} (${MEANINGS[verdict]})`,
    '',
    ...block(
      finding
        ? `${finding.observation}\nexpected  ${finding.expected}\ngot       ${finding.got}`
        : (reason ?? ''),
    ),
    '',
    ...(waiver ? [`Waived until ${waiver.expires}: ${text(waiver.reason)}`, ''] : []),
    ...result.usualCauses.map((cause) => `- ${text(cause)}`),
    ...(result.usualCauses.length === 0 ? [] : ['']),
    ...block(result.reproduce),
    '',
    '</details>',
    '',
  ].join('\n')
}

/** A fence longer than any in the content. */
function block(content: string): string[] {
  const longest = Math.max(2, ...(content.match(/`+/g) ?? []).map((ticks) => ticks.length))
  const fence = '`'.repeat(longest + 1)
  return [fence, content, fence]
}

/** Markdown shows HTML; a text is none. */
const text = (value: string) =>
  value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('|', '\\|')
