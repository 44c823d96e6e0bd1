import { existsSync } from 'node:fs'
import { Command } from 'commander'
import { planText } from '../report/plan-text.ts'
import { liveProgress, type Screen } from '../report/progress.ts'
import { summary } from '../report/terminal.ts'
import { planRun } from '../plan-run.ts'
import { runHarness, type RunOptions } from '../run.ts'
import { TargetFileError } from '../target/read-target.ts'
import { levelSchema, profileSchema, type Level, type Profile } from '../verdict/verdict.ts'
import {
  assignments,
  collected,
  commaList,
  day,
  levels,
  positive,
  profiles,
  wholeNumber,
} from './arguments.ts'
import { prepareReports, writeReports, type ReportFiles } from './write-reports.ts'

const INTERRUPTED = 130
const BROKEN = 3

interface RunFlags extends ReportFiles {
  target: string
  profile?: Profile[]
  level?: Level[]
  only?: string[]
  strict?: boolean
  repeat?: number
  allowSkip?: boolean
  seed?: number
  redisUrl?: string
  browser?: string
  env?: Record<string, string>
  waivers?: string
  today?: string
  dryRun?: boolean
  quiet?: boolean
}

/** `harness run`; `done` is told the exit code. */
export function runCommand(screen: Screen, done: (code: number) => void): Command {
  return new Command('run')
    .description('run checks against a target; without ids all of them')
    .argument('[ids...]', 'ids or their beginnings: REFRESH-04 VAULT, or REFRESH-04,VAULT')
    .requiredOption('--target <file>', 'target file (bffc.yaml)')
    .option('--only <ids...>', 'the same as naming ids', collected)
    .option(
      '--profile <names...>',
      `only these profiles: ${profileSchema.options.join(', ')}`,
      profiles,
    )
    .option('--level <names...>', `only these levels: ${levelSchema.options.join(', ')}`, levels)
    .option('--dry-run', 'say what would run and what would be SKIP; start nothing')
    .option('--strict', 'a broken SHOULD fails the run')
    .option('--repeat <n>', 'run each check n times; disagreement is FLAKY', positive)
    .option('--allow-skip', 'end well also when every check is SKIP')
    .option('--seed <n>', 'repeat generated contents of an earlier run', wholeNumber)
    .option('--waivers <file>', 'failures that are borne for now, with reason and last day')
    .option('--today <day>', 'judge the waivers by another day, YYYY-MM-DD', day)
    .option('--redis-url <url>', 'use this Redis instead of starting one')
    .option('--browser <path>', 'use this Chromium instead of the one on the PATH')
    .option('--env <NAME=value...>', 'laid over start.env', assignments)
    .option('--json <file>', 'write the JSON report')
    .option('--junit <file>', 'write the JUnit report')
    .option('--markdown <file>', 'write a summary for CI pages')
    .option('--html <path>', 'write the HTML report: one file (x.html) or a folder')
    .option('--quiet', 'only failures and the last line')
    .action(async (ids: string[], flags: RunFlags) => {
      done(await run(ids, flags, screen))
    })
}

async function run(ids: readonly string[], flags: RunFlags, screen: Screen): Promise<number> {
  const print = (text: string) => {
    screen.write(`${text}\n`)
  }
  if (flags.browser !== undefined && !existsSync(flags.browser))
    throw new TargetFileError(`--browser ${flags.browser}`, [
      'there is no such file; leave the option out to take the Chromium on the PATH',
    ])
  const options = optionsOf([...ids.flatMap(commaList), ...(flags.only ?? [])], flags)
  if (flags.dryRun) {
    print(planText(await planRun(options)))
    return 0
  }
  await prepareReports(flags)
  const interrupt = new AbortController()
  const stop = () => {
    // Whoever does not want to wait for an orderly end asks twice; what was started is killed then.
    if (interrupt.signal.aborted) process.exit(INTERRUPTED)
    print('Stopping what was started; once more ends it at once.')
    interrupt.abort()
  }
  let strays = 0
  const stray = () => {
    strays += 1
  }
  process.on('SIGINT', stop).on('SIGTERM', stop).on('unhandledRejection', stray)
  try {
    const result = await runHarness({
      ...options,
      signal: interrupt.signal,
      ...(flags.quiet ? {} : liveProgress(screen)),
    })
    print(summary(result, flags.target))
    await writeReports(result, flags)
    if (interrupt.signal.aborted) return INTERRUPTED
    if (strays === 0) return result.exitCode
    print(
      `HARNESS ${strays} step(s) of checks failed without anybody waiting for them: please report this.`,
    )
    return result.exitCode === 0 ? BROKEN : result.exitCode
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop).off('unhandledRejection', stray)
  }
}

function optionsOf(ids: readonly string[], flags: RunFlags): RunOptions {
  return {
    target: flags.target,
    name: flags.target,
    ...(ids.length > 0 ? { ids } : {}),
    ...(flags.profile ? { profiles: flags.profile } : {}),
    ...(flags.level ? { levels: flags.level } : {}),
    ...(flags.html === undefined && flags.json === undefined ? {} : { evidence: true }),
    ...(flags.strict ? { strict: true } : {}),
    ...(flags.allowSkip ? { allowSkip: true } : {}),
    ...(flags.repeat === undefined ? {} : { repeat: flags.repeat }),
    ...(flags.seed === undefined ? {} : { seed: flags.seed }),
    ...(flags.redisUrl === undefined ? {} : { redisUrl: flags.redisUrl }),
    ...(flags.browser === undefined ? {} : { browser: flags.browser }),
    ...(flags.env ? { env: flags.env } : {}),
    ...(flags.waivers === undefined ? {} : { waivers: flags.waivers }),
    ...(flags.today === undefined ? {} : { today: flags.today }),
  }
}
