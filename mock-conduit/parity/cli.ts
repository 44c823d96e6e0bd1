import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import { differenceLines, playAll, replayOnOurMock } from './on-our-mock.ts'
import { readRecordings } from './recording.ts'
import type { StepResult } from './replay.ts'
import { foreignServer } from './server-under-test.ts'

interface Flags {
  recordings: string
  only?: string
  target?: string
  storage: string
  json?: string
}

/** `npm run -s parity`: replays recordings and prints a line for each step that differs. Exit 0 all equal, 1 a difference, 2 bad usage. */
async function main(): Promise<number> {
  const flags = new Command('parity')
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
    )
    .option('--storage <url>', "the target's byte server", 'http://localhost:3100')
    .option('--json <file>', 'write every step with its outcome')
    .exitOverride()
    .parse()
    .opts<Flags>()
  const recordings = readRecordings(flags.recordings, flags.only)
  const results =
    flags.target === undefined
      ? await replayOnOurMock(flags.recordings, recordings)
      : await playAll(recordings, foreignServer(flags.target, flags.storage))
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(results, null, 1)}\n`)
  return report(results)
}

function report(results: StepResult[]): number {
  for (const line of differenceLines(results)) console.log(line)
  const count = (outcome: StepResult['outcome']) =>
    results.filter((each) => each.outcome === outcome).length
  console.log(
    `steps: ${count('equal')} equal, ${count('different')} different, ${count('not applicable')} not applicable`,
  )
  return count('different') > 0 ? 1 : 0
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 2
})
