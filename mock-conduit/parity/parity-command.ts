import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { differenceLines, playAll, replayOnOurMock } from './on-our-mock.ts'
import { readRecordings } from './recording.ts'
import type { StepResult } from './replay.ts'
import { foreignServer } from './server-under-test.ts'

interface Flags {
  recordings: string
  only?: string
  target?: string
  storage: string
  keep: boolean
  json?: string
}

/** Where the lines go: `out` gets the report, `err` what is no part of it. */
export interface Lines {
  out: (line: string) => void
  err: (line: string) => void
}

/**
 * `npm run -s parity -- <argv>`: replays recordings, prints a line for each step that differs and, last, the counts.
 * Resolves to the exit code: 0 nothing differs, 1 a difference, 2 bad usage (the message says what to do).
 */
export async function parityCommand(argv: readonly string[], lines: Lines): Promise<number> {
  try {
    const flags = flagsOf(argv, lines)
    const results = await play(flags)
    if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(results, null, 1)}\n`)
    return report(results, lines)
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    lines.err(error instanceof Error ? error.message : String(error))
    return 2
  }
}

function flagsOf(argv: readonly string[], { out, err }: Lines): Flags {
  return new Command('parity')
    .description(
      "Replays recordings of the real Conduit by FORMAT.md's rules, on our mock or on a target.",
    )
    .option(
      '--recordings <dir>',
      'folder with recordings',
      join(import.meta.dirname, '../../fixtures/recordings'),
    )
    .option('--only <glob>', 'scenario ids, comma separated, * allowed')
    .option(
      '--target <url>',
      'a running server without a control API (a real Conduit) instead of our mock',
      httpUrl,
    )
    .option('--storage <url>', "the target's byte server", httpUrl, 'http://localhost:3100')
    .option('--keep', 'let documents of earlier scenarios remain instead of starting anew', false)
    .option('--json <file>', 'write every step with its outcome')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        out(text.trimEnd())
      },
      writeErr: (text) => {
        err(text.trimEnd())
      },
    })
    .parse(argv, { from: 'user' })
    .opts<Flags>()
}

function httpUrl(text: string): string {
  if (!URL.canParse(text) || new URL(text).protocol !== 'http:')
    throw new InvalidArgumentError('Give a URL like http://localhost:3000.')
  return text.replace(/\/$/, '')
}

async function play({ recordings: folder, only, target, storage, keep }: Flags) {
  const recordings = readRecordings(folder, only)
  if (target === undefined) return replayOnOurMock(folder, recordings, { keep })
  const results = await playAll(recordings, foreignServer(target, storage))
  if (results.every(({ outcome }) => outcome === 'not applicable'))
    throw new Error(
      `None of these scenarios can be replayed on ${target}: ${results[0]?.details.join(' · ') ?? ''}. Choose others with --only.`,
    )
  return results
}

function report(results: readonly StepResult[], { out, err }: Lines): number {
  for (const line of differenceLines(results)) out(line)
  for (const line of reasonLines(results)) err(line)
  const count = (outcome: StepResult['outcome']) =>
    results.filter((each) => each.outcome === outcome).length
  out(
    `steps: ${count('equal')} equal, ${count('different')} different, ${count('not applicable')} not applicable`,
  )
  return count('different') > 0 ? 1 : 0
}

/** One line per scenario and reason, so that nothing is left out in silence. */
function reasonLines(results: readonly StepResult[]): string[] {
  const steps = new Map<string, number>()
  for (const { scenario, outcome, details } of results) {
    const key = `${scenario}: ${details.join(' · ')}`
    if (outcome === 'not applicable') steps.set(key, (steps.get(key) ?? 0) + 1)
  }
  return [...steps].map(([key, count]) => `not applicable, ${count} of ${key}`)
}
