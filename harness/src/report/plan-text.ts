import pc from 'picocolors'
import type { PlannedCheck, RunPlan } from '../plan-run.ts'

/** `harness run --dry-run`: one line per check, what would be SKIP and why. */
export function planText({ target, start, instances, checks }: RunPlan): string {
  const skipped = checks.filter(({ skip }) => skip !== undefined).length
  return [
    `${pc.bold(target)}: ${start} (${instances} instance${instances === 1 ? '' : 's'})`,
    '',
    ...checks.map(line),
    '',
    `${checks.length - skipped} would run, ${skipped} would be SKIP. Nothing was started; a check may still find that it does not apply.`,
  ].join('\n')
}

function line({ id, level, title, skip, waiver }: PlannedCheck): string {
  const what = skip === undefined ? pc.green('run '.padEnd(5)) : pc.dim('SKIP '.padEnd(5))
  const why = skip === undefined ? '' : pc.dim(` (${skip})`)
  const borne = waiver ? pc.yellow(` (waived until ${waiver.expires})`) : ''
  return `${what} ${id.padEnd(11)} ${level.padEnd(6)} ${title}${why}${borne}`
}
