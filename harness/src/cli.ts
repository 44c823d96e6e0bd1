#!/usr/bin/env node
import { realpathSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { Command, CommanderError } from 'commander'
import { catalogue } from './checks/index.ts'
import { commaList } from './cli/arguments.ts'
import { initCommand } from './cli/init-command.ts'
import { runCommand } from './cli/run-command.ts'
import { ReportFileError } from './cli/write-reports.ts'
import { explanation, listing } from './report/explain.ts'
import { reportJsonSchema } from './report/json-report.ts'
import type { Screen } from './report/progress.ts'
import { SelectionError, selectChecks } from './select-checks.ts'
import { TargetFileError } from './target/read-target.ts'
import { WaiverError } from './waivers/read-waivers.ts'

const USAGE = 2
const BROKEN = 3

/** The command line of the harness; resolves to the exit code. */
export async function main(
  argv: readonly string[],
  screen: Screen = {
    write: (text) => process.stdout.write(text),
    isTerminal: process.stdout.isTTY,
  },
): Promise<number> {
  const print = (text: string) => {
    screen.write(`${text}\n`)
  }
  let code = 0
  const program = new Command('harness').description(
    'Drives a BFF for Conduit from outside and proves or disproves that tokens are vaulted, renewed once and never leaked.',
  )
  program.addCommand(
    runCommand(screen, (result) => {
      code = result
    }),
  )
  program.addCommand(initCommand(print))
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
      const checks = selectChecks(catalogue, { ids: ids.flatMap(commaList) })
      print(checks.map(explanation).join('\n\n'))
    })
  for (const command of [program, ...program.commands]) printThrough(command, print)
  try {
    await program.parseAsync(argv, { from: 'user' })
    return code
  } catch (error) {
    return codeFor(error, print)
  }
}

function printThrough(command: Command, print: (text: string) => void): void {
  const write = (text: string) => {
    print(text.trimEnd())
  }
  command.exitOverride().configureOutput({ writeOut: write, writeErr: write })
}

function codeFor(error: unknown, print: (text: string) => void): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE
  if (
    error instanceof SelectionError ||
    error instanceof TargetFileError ||
    error instanceof ReportFileError ||
    error instanceof WaiverError
  ) {
    print(error.message)
    return USAGE
  }
  print(error instanceof Error ? (error.stack ?? error.message) : String(error))
  return BROKEN
}

const started = process.argv[1]
if (started !== undefined && import.meta.url === pathToFileURL(realpathSync(started)).href)
  process.exitCode = await main(process.argv.slice(2))
