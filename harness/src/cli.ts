#!/usr/bin/env node
import { realpathSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { pathToFileURL } from 'node:url'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { catalogue } from './checks/index.ts'
import { explanation, listing } from './report/explain.ts'
import { jsonReport, reportJsonSchema } from './report/json-report.ts'
import { junitReport } from './report/junit-report.ts'
import { discoveryTable, liveLine, summary } from './report/terminal.ts'
import { runHarness } from './run.ts'
import { SelectionError, selectChecks } from './select-checks.ts'
import { TargetFileError } from './target/read-target.ts'
import { levelSchema, profileSchema } from './verdict/verdict.ts'

const USAGE = 2
const BROKEN = 3
const INTERRUPTED = 130

interface RunFlags {
  target: string
  profile?: string[]
  level?: string[]
  only?: string[]
  strict?: boolean
  repeat?: number
  seed?: number
  redisUrl?: string
  env?: string[]
  json?: string
  junit?: string
  quiet?: boolean
}

/** The command line of the harness; resolves to the exit code. */
export async function main(
  argv: readonly string[],
  print: (text: string) => void = (text) => {
    process.stdout.write(`${text}\n`)
  },
): Promise<number> {
  let code = 0
  const program = new Command('harness')
    .description(
      'Drives a BFF for Conduit from outside and proves or disproves that tokens are vaulted, renewed once and never leaked.',
    )
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        print(text.trimEnd())
      },
      writeErr: (text) => {
        print(text.trimEnd())
      },
    })
  program
    .command('run')
    .description('run checks against a target; without ids all of them')
    .argument('[ids...]', 'ids or their beginnings: REFRESH-04 VAULT')
    .requiredOption('--target <file>', 'target file (bffc.yaml)')
    .option('--only <ids...>', 'the same as naming ids')
    .option('--profile <names...>', `only these profiles: ${profileSchema.options.join(', ')}`)
    .option('--level <names...>', `only these levels: ${levelSchema.options.join(', ')}`)
    .option('--strict', 'a broken SHOULD fails the run')
    .option('--repeat <n>', 'run each check n times; disagreement is FLAKY', positive)
    .option('--seed <n>', 'repeat generated contents of an earlier run', positive)
    .option('--redis-url <url>', 'use this Redis instead of starting one')
    .option('--env <NAME=value...>', 'laid over start.env')
    .option('--json <file>', 'write the JSON report')
    .option('--junit <file>', 'write the JUnit report')
    .option('--quiet', 'only failures and the last line')
    .action(async (ids: string[], flags: RunFlags) => {
      code = await run(ids, flags, print)
    })
  program
    .command('list')
    .description('all checks')
    .action(() => {
      print(listing(catalogue))
    })
  program
    .command('schema')
    .description('the JSON Schema of the JSON report')
    .action(() => {
      print(reportJsonSchema().trimEnd())
    })
  program
    .command('explain')
    .description('everything about a check')
    .argument('<ids...>')
    .action((ids: string[]) => {
      print(selectChecks(catalogue, { ids }).map(explanation).join('\n\n'))
    })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    return codeFor(error, print)
  }
}

function codeFor(error: unknown, print: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE
  if (error instanceof SelectionError) {
    print(error.message)
    return USAGE
  }
  print(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return BROKEN
}

async function run(
  ids: readonly string[],
  flags: RunFlags,
  print: (text: string) => void,
): Promise<number> {
  const wanted = [...ids, ...(flags.only ?? [])]
  const interrupt = new AbortController()
  const stop = () => {
    interrupt.abort()
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  try {
    const result = await runHarness({
      target: flags.target,
      signal: interrupt.signal,
      name: flags.target,
      ...(wanted.length > 0 ? { ids: wanted } : {}),
      ...(flags.profile
        ? { profiles: flags.profile.map((name) => profileSchema.parse(name)) }
        : {}),
      ...(flags.level ? { levels: flags.level.map((name) => levelSchema.parse(name)) } : {}),
      ...(flags.strict ? { strict: true } : {}),
      ...(flags.repeat === undefined ? {} : { repeat: flags.repeat }),
      ...(flags.seed === undefined ? {} : { seed: flags.seed }),
      ...(flags.redisUrl === undefined ? {} : { redisUrl: flags.redisUrl }),
      ...(flags.env ? { env: Object.fromEntries(flags.env.map(assignment)) } : {}),
      ...(flags.quiet
        ? {}
        : {
            onDiscovery: (discovery) => {
              print(`${discoveryTable(discovery)}\n`)
            },
            onResult: (each) => {
              print(liveLine(each))
            },
          }),
    })
    print(summary(result))
    if (flags.json !== undefined) await writeFile(flags.json, jsonReport(result))
    if (flags.junit !== undefined) await writeFile(flags.junit, junitReport(result))
    return interrupt.signal.aborted ? INTERRUPTED : result.exitCode
  } catch (error) {
    if (!(error instanceof TargetFileError || error instanceof SelectionError)) throw error
    print(error.message)
    return USAGE
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop)
  }
}

function positive(text: string): number {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1)
    throw new InvalidArgumentError('Write a whole number from 1.')
  return value
}

function assignment(text: string): [string, string] {
  const at = text.indexOf('=')
  return at < 1 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

const started = process.argv[1]
if (started !== undefined && import.meta.url === pathToFileURL(realpathSync(started)).href)
  process.exitCode = await main(process.argv.slice(2))
