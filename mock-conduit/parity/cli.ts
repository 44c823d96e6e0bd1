import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironment, readWorld, type WorldDefinition } from '@conduit-bff/fixtures'
import { Command } from 'commander'
import { type MockOptions, type RunningMock, startMockConduit } from '../src/index.ts'
import { type Recording, readRecordings } from './recording.ts'
import { replay, type StepResult } from './replay.ts'
import { controlledServer, foreignServer, type ServerUnderTest } from './server-under-test.ts'

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
      ? await onOurMock(flags.recordings, recordings)
      : await playAll(recordings, foreignServer(flags.target, flags.storage))
  if (flags.json !== undefined) writeFileSync(flags.json, `${JSON.stringify(results, null, 1)}\n`)
  return report(results)
}

async function onOurMock(folder: string, recordings: Recording[]): Promise<StepResult[]> {
  const world = worldOf(folder)
  const mock = await startWithStoragePort({
    world,
    options: { rotation: 'racy', distinctTokens: false },
  })
  try {
    const variables = Object.fromEntries(
      world.clients.flatMap(({ id, secret }) => [
        [id, id],
        [secret, secret],
      ]),
    )
    return await playAll(
      recordings,
      controlledServer(mock.url, { storageBase: mock.storageUrl, variables }),
    )
  } finally {
    await mock.stop()
  }
}

/** A HEAD tells the length of a body that holds the storage's URL: its port has four digits, as the recorded one. */
async function startWithStoragePort(options: MockOptions): Promise<RunningMock> {
  for (let storagePort = 3100; storagePort < 3200; storagePort += 1) {
    const mock = await startMockConduit({ ...options, storagePort }).catch(() => undefined)
    if (mock) return mock
  }
  throw new Error('Ports 3100 to 3199 are all taken; parity needs one of them for the storage.')
}

/** The server as recorded: the folder's own environment (with what it leaves out), else the one that comes with the package. */
function worldOf(folder: string): WorldDefinition {
  const bundled = readWorld('recorded')
  const folderOfEnvironment = join(folder, 'environment')
  if (!existsSync(folderOfEnvironment)) return bundled
  const environment = readEnvironment(folderOfEnvironment)
  const named = new Set(environment.schemas.map(({ name }) => name))
  const missing = bundled.schemas.filter(({ name }) => !named.has(name))
  return { ...bundled, ...environment, schemas: [...environment.schemas, ...missing] }
}

async function playAll(recordings: Recording[], server: ServerUnderTest): Promise<StepResult[]> {
  const results: StepResult[] = []
  for (const recording of recordings)
    results.push(...(await replay(recording, server, randomRun())))
  return results
}

/** As the recorder's: a letter, then base 36. */
function randomRun(): string {
  return `r${Math.random().toString(36).slice(2).padEnd(9, '0').slice(0, 9)}`
}

function report(results: StepResult[]): number {
  for (const { scenario, step, request, outcome, details } of results)
    if (outcome === 'different')
      console.log(
        `${scenario} › ${step}${request === undefined ? '' : ` (${request})`}: ${details.join(' · ')}`,
      )
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
