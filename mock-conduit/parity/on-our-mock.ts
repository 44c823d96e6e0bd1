import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironment, readWorld, type WorldDefinition } from '@conduit-bff/fixtures'
import { type MockOptions, type RunningMock, startMockConduit } from '../src/index.ts'
import { PortTaken } from '../src/node.ts'
import type { Recording } from './recording.ts'
import { ChangedNothing, replay, type StepResult } from './replay.ts'
import { controlledServer, type ServerUnderTest } from './server-under-test.ts'

/** Replays recordings of a folder on a mock of our own, started for them with the folder's environment. `keep`: scenarios find what earlier ones left. */
export async function replayOnOurMock(
  folder: string,
  recordings: Recording[],
  { keep = false }: { keep?: boolean } = {},
): Promise<StepResult[]> {
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
      controlledServer(mock.url, { storageBase: mock.storageUrl, variables, keep }),
    )
  } finally {
    await mock.stop()
  }
}

/** A HEAD tells the length of a body that holds the storage's URL: its port has four digits, as the recorded one. */
async function startWithStoragePort(options: MockOptions): Promise<RunningMock> {
  for (let storagePort = 3100; storagePort < 3200; storagePort += 1) {
    const mock = await startMockConduit({ ...options, storagePort }).catch(unlessPortTaken)
    if (mock) return mock
  }
  throw new Error('Ports 3100 to 3199 are all taken; parity needs one of them for the storage.')
}

function unlessPortTaken(error: unknown): undefined {
  if (error instanceof PortTaken) return undefined
  throw error
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

/** One recording after the other, each with a `{{run}}` of its own. */
export async function playAll(
  recordings: Recording[],
  server: ServerUnderTest,
): Promise<StepResult[]> {
  const results: StepResult[] = []
  for (const recording of recordings) results.push(...(await playOne(recording, server)))
  return results
}

/** Once in 256 runs a signature begins with what was to spoil it; with another `{{run}}` it is another signature. */
const OTHER_RUNS = 4

async function playOne(recording: Recording, server: ServerUnderTest): Promise<StepResult[]> {
  for (let left = OTHER_RUNS; left > 0; left -= 1)
    try {
      return await replay(recording, server, randomRun(), { acceptUnchanged: false })
    } catch (error) {
      if (!(error instanceof ChangedNothing)) throw error
    }
  return replay(recording, server, randomRun())
}

/** As the recorder's: a letter, then base 36. */
function randomRun(): string {
  return `r${Math.random().toString(36).slice(2).padEnd(9, '0').slice(0, 9)}`
}

/** A line for each step that differs: scenario, step, request, every difference. */
export function differenceLines(results: readonly StepResult[]): string[] {
  return results
    .filter(({ outcome }) => outcome === 'different')
    .map(
      ({ scenario, step, request, details }) =>
        `${scenario} › ${step}${request === undefined ? '' : ` (${request})`}: ${details.join(' · ')}`,
    )
}
