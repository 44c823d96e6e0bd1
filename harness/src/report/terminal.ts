import pc from 'picocolors'
import type { Discovery } from '../discovery.ts'
import type { RunResult } from '../run.ts'
import { countVerdicts } from './groups.ts'
import { MEANINGS, provesNothing, type CheckResult, type Verdict } from '../verdict/verdict.ts'

const PAINT: Record<Verdict, (text: string) => string> = {
  PASS: pc.green,
  FAIL: pc.red,
  WARN: pc.yellow,
  WAIVED: pc.yellow,
  OBSERVED: pc.cyan,
  SKIP: pc.dim,
  BLOCKED: pc.dim,
  SETUP: pc.magenta,
  VACUOUS: pc.magenta,
  FLAKY: pc.magenta,
  HARNESS: pc.bgRed,
}

/** One line, as soon as a check ends. */
export function liveLine(result: CheckResult): string {
  const verdict = PAINT[result.verdict](result.verdict.padEnd(8))
  const time = result.durationMs > 0 ? pc.dim(` ${result.durationMs} ms`) : ''
  const reason =
    result.verdict === 'PASS' || result.reason === undefined || isProblem(result)
      ? ''
      : pc.dim(` (${firstLine(result.reason)})`)
  return `${verdict} ${result.id.padEnd(11)} ${result.title}${time}${reason}${borne(result)}`
}

const borne = ({ waiver }: CheckResult) =>
  waiver ? pc.yellow(` (waived until ${waiver.expires}: ${waiver.reason})`) : ''

const isProblem = ({ verdict }: CheckResult) =>
  verdict === 'FAIL' ||
  verdict === 'WARN' ||
  verdict === 'VACUOUS' ||
  verdict === 'HARNESS' ||
  verdict === 'FLAKY'
const firstLine = (text: string) => (text.split('\n')[0] ?? '').slice(0, 100)

/** What somebody needs who has to mend a failure: requirement, expected, got, usual causes, how to repeat it. */
export function failureBlock(result: CheckResult): string {
  const finding = result.finding
  const lines = [
    `${PAINT[result.verdict](result.verdict)} ${pc.bold(result.id)} ${result.title}  ${pc.dim(`(${MEANINGS[result.verdict]})`)}`,
    `  requirement  ${result.level}: ${result.requirement.join(', ') || 'project rule'}`,
    ...result.source.map((source) => `  backend      ${source}`),
    ...(finding
      ? [
          `  observation  ${finding.observation}${result.aftermath.verdict === 'FAIL' ? ' (aftermath)' : ''}`,
          `  expected     ${finding.expected}`,
          `  got          ${finding.got}`,
        ]
      : [`  reason       ${result.reason ?? ''}`]),
    ...(result.witnesses.length > 0 ? [`  witnessed    ${result.witnesses.join('; ')}`] : []),
    ...result.notes.map((note) => `  note         ${note}`),
    ...result.usualCauses.map(
      (cause, index) => `  ${index === 0 ? 'usual causes' : '            '} - ${cause}`,
    ),
    `  repeat       ${result.reproduce}`,
    ...(result.curl === undefined ? [] : [`  last request ${result.curl}`]),
  ]
  return lines.map((line) => line.replaceAll('\n', `\n${' '.repeat(15)}`)).join('\n')
}

/** What discovery found, as a table. */
export function discoveryTable(discovery: Discovery): string {
  const rows = discovery.routes.map(
    ({ route, answer, upstream }) =>
      `  ${route.padEnd(10)} ${answer.padEnd(6)} ${upstream.join(', ') || '(nothing upstream)'}`,
  )
  return [
    pc.bold('  route      answer upstream calls'),
    ...rows,
    `  cookies    ${discovery.cookies.join(', ')}`,
    ...(discovery.items === undefined ? [] : [`  items      ${discovery.items} in the list`]),
    ...discovery.routes
      .filter((route) => route.problem !== undefined)
      .map((route) => pc.magenta(`  ! ${route.problem ?? ''}`)),
  ].join('\n')
}

/** Failure blocks and the count of each verdict; `file` is the target file, for what has to be changed there. */
export function summary(run: RunResult, file?: string): string {
  const total = [...countVerdicts(run.results)]
    .map(([verdict, count]) => PAINT[verdict](`${count} ${verdict}`))
    .join(', ')
  const where = file === undefined ? '' : `${file}: `
  return [
    ...(run.problem === undefined
      ? []
      : ['', setupBlock(`SETUP ${where}${run.problem}`, run.results[0])]),
    ...setups(run).map(
      (same) =>
        `\n${setupBlock(`SETUP ${same.map(({ id }) => id).join(', ')}: ${same[0]?.reason ?? ''}`, same[0])}`,
    ),
    ...run.results.filter(isProblem).map((result) => `\n${failureBlock(result)}`),
    ...(run.unmetWaivers.length === 0 ? [] : ['']),
    ...run.unmetWaivers.map((text) => pc.magenta(`WAIVER ${text}`)),
    ...(provesNothing(run.results) ? ['', unproven(run)] : []),
    '',
    `${pc.bold(run.target)}: ${total || 'nothing ran'} in ${(run.durationMs / 1000).toFixed(1)} s (seed ${run.seed})`,
  ].join('\n')
}

/** What was chosen, and why none of it applies. */
function unproven({ results, exitCode }: RunResult): string {
  return [
    pc.magenta('NOTHING was proven: no check of this run applies to the target as it is declared.'),
    ...byReason(results).map(
      (same) => `  ${same.map(({ id }) => id).join(', ')}: ${same[0]?.reason ?? ''}`,
    ),
    ...(exitCode === 0
      ? []
      : ['  Declare what they need, choose others, or bear it with --allow-skip (exit code 4).']),
  ].join('\n')
}

/** The checks whose start state was missed for a reason of their own, those with the same reason together. */
const setups = ({ results, problem }: RunResult): CheckResult[][] =>
  byReason(results.filter(({ verdict, reason }) => verdict === 'SETUP' && reason !== problem))

function byReason(results: readonly CheckResult[]): CheckResult[][] {
  const groups = new Map<string, CheckResult[]>()
  for (const result of results)
    groups.set(result.reason ?? '', [...(groups.get(result.reason ?? '') ?? []), result])
  return [...groups.values()]
}

function setupBlock(text: string, first: CheckResult | undefined): string {
  const [head = '', ...rows] = text.split('\n')
  const repeat = first?.verdict === 'SETUP' ? [`  repeat      ${first.reproduce}`] : []
  return [pc.magenta(head), ...rows, ...repeat].join('\n')
}
