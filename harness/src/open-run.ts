import type { RunParts } from './context.ts'
import { shownDiscovery, type Discovery } from './discovery.ts'
import { EDGE_ORIGIN, exploreSite } from './explore-site.ts'
import { startBackend, type Backend } from './instruments/backend.ts'
import { createCanaryRegistry, type CanaryRegistry } from './instruments/canary-registry.ts'
import { createChromiumLab } from './instruments/chromium/chromium-lab.ts'
import { openDecoy, type Decoy } from './instruments/decoy.ts'
import { journalMark } from './instruments/journal-view.ts'
import { createRecorder } from './instruments/recorder.ts'
import { REDIS_MISSING } from './instruments/redis.ts'
import { createSecretGuard, type SecretGuard } from './instruments/secret-guard.ts'
import { within } from './instruments/settle.ts'
import { isSchema } from './instruments/seed-generator.ts'
import { worldOf } from './instruments/world-source.ts'
import { createSharedWork } from './shared-work.ts'
import { openVault, type Vault } from './open-vault.ts'
import { parseTarget, readTargetFile, type LoadedTarget } from './target/read-target.ts'
import type { Target, TargetInput } from './target/schema.ts'
import type { Instance } from './target/running-instance.ts'
import { startTarget } from './target/start-target.ts'
import { accepts } from './target/tcp-answers.ts'
import { randomMarker, TemplateError, type TemplateValues } from './target/template.ts'
import { Interrupted, SetupProblem } from './verdict/outcome-errors.ts'

/** What a run is made from. */
export interface RunInputs {
  /** Path of a target file, or its contents. */
  target: string | TargetInput
  /** Where relative paths of a literal target start; the current folder by default. */
  folder?: string
  /** How the target is called in commands that repeat a check. */
  name?: string
  seed?: number
  /** A Redis that runs already. */
  redisUrl?: string
  /** Path of a Chromium; by default the first on the PATH. */
  browser?: string
  /** Laid over `start.env`, for example a mutant's name. */
  env?: Readonly<Record<string, string>>
}

/** Everything a run holds open. */
export interface OpenRun {
  parts: RunParts
  /** What discovery found, with every secret replaced. */
  seen: Discovery
  /** Why there is no real vault behind the instances; undefined when there is, or when it is the target's own affair. */
  vaultMissing: string | undefined
  close(): Promise<void>
}

/** Starts vault, backend and target and explores the target. Throws `SetupProblem`, or `TargetFileError` when a file of its world cannot be read; then nothing is left running. */
export async function openRun(
  loaded: LoadedTarget,
  inputs: Pick<RunInputs, 'redisUrl' | 'browser' | 'env'> & {
    seed: number
    /** Ends the start early. */
    signal?: AbortSignal | undefined
    /** Is told what is waited for when that takes long. */
    onWait?: ((text: string) => void) | undefined
  },
): Promise<OpenRun> {
  const closers: (() => Promise<void>)[] = []
  let closing: Promise<void> | undefined
  const close = () => (closing ??= closeInTurn(closers))
  const registry = createCanaryRegistry()
  const guard = createSecretGuard(registry)
  try {
    const { target } = loaded
    const vault = await openVault(target, inputs.redisUrl)
    closers.push(() => vault.stop())
    const admin = await openDecoy(ADMIN_PORT)
    const sink = await openDecoy()
    closers.push(
      () => admin.stop(),
      () => sink.stop(),
    )
    const backend = await openBackend(loaded, vault, registry)
    closers.push(
      () => backend.stop(),
      () => backend.learnTokens(),
    )
    const instances = await open(loaded, { backend, vault, registry, admin, sink, ...inputs })
    closers.push(async () => {
      await Promise.all(instances.map((instance) => instance.stop()))
    })
    const recorder = createRecorder()
    const { site, discovery } = await exploreSite(target, { instances, backend, recorder })
    if (inputs.signal?.aborted) throw new Interrupted()
    await backend.learnTokens()
    recorder.sweep(registry)
    const chromium = createChromiumLab({
      site,
      record: (exchange) => {
        recorder.record(exchange)
      },
      executable: inputs.browser,
    })
    closers.push(() => chromium.stop())
    const parts: RunParts = {
      target,
      site,
      instances,
      backend,
      registry,
      recorder,
      discovery,
      admin,
      sink,
      vault,
      chromium,
      folder: loaded.folder,
      sharedWork: createSharedWork(recorder, () => journalMark(backend.control)),
      seed: inputs.seed,
    }
    const seen = shownDiscovery(discovery, guard)
    return { parts, seen, vaultMissing: vault.shared ? undefined : REDIS_MISSING, close }
  } catch (error) {
    await close()
    if (error instanceof TemplateError) throw new SetupProblem(`the target file: ${error.message}`)
    throw error instanceof SetupProblem ? new SetupProblem(guardLines(error.message, guard)) : error
  }
}

/** A line that has to be withheld takes no other with it; what only all of them together tell is withheld as a whole. */
const guardLines = (text: string, guard: SecretGuard) =>
  guard(text.split('\n').map(guard).join('\n'))

/** What does not end by then is left behind. */
const CLOSE_LIMIT_MS = 20_000

async function closeInTurn(closers: (() => Promise<void>)[]): Promise<void> {
  for (const closer of closers.reverse())
    await within(CLOSE_LIMIT_MS, 'stopping', closer()).catch(() => undefined)
}

/** The target of a run, checked. Throws `TargetFileError`. */
export const loadTarget = async ({ target, folder }: RunInputs): Promise<LoadedTarget> =>
  typeof target === 'string'
    ? readTargetFile(target)
    : { target: parseTarget(target), folder: folder ?? process.cwd() }

/** Instances share a vault only when it can be shared. */
const instanceCount = ({ start }: Target, vault: Vault) =>
  start.urls?.length ?? (vault.shared ? start.instances : 1)

async function openBackend(
  { target, folder }: LoadedTarget,
  vault: Vault,
  registry: CanaryRegistry,
): Promise<Backend> {
  const world = await worldOf(target.world, folder)
  const { via } = target.routes.preview ?? {}
  const names = world.schemas.flatMap((each) => (isSchema(each) ? [each.name] : []))
  if (via && !names.includes(via.schema))
    throw new SetupProblem(
      `routes.preview.via.schema: the world has no schema ${via.schema}; it has ${names.join(', ')}.`,
    )
  const taken = await portsTaken([...(target.start.backendPorts ?? []), target.start.storagePort])
  if (taken.length > 0)
    throw new SetupProblem(
      `port ${taken.join(' and ')} of 127.0.0.1 is taken by another program, but the harness's own backend (start.backendPorts) and storage (start.storagePort) must stand there during a run. Stop what listens there, or correct the port.`,
    )
  return startBackend({
    world,
    schemas: world.schemas.flatMap((each) => (isSchema(each) ? [each] : [])),
    endpoints: Object.fromEntries(
      world.endpoints.map((each) => [String(each['name']), String(each['selectedSchemaName'])]),
    ),
    instances: instanceCount(target, vault),
    ports: target.start.backendPorts,
    storagePort: target.start.storagePort,
    via: target.routes.preview?.via,
    storage: typeof target.world === 'string' ? undefined : target.world.storage,
    registry,
  })
}

async function portsTaken(ports: readonly (number | undefined)[]): Promise<number[]> {
  const taken: number[] = []
  for (const port of ports) if (port !== undefined && (await accepts(port))) taken.push(port)
  return taken
}

interface Opening {
  backend: Backend
  vault: Vault
  registry: CanaryRegistry
  env?: Readonly<Record<string, string>>
  signal?: AbortSignal | undefined
  onWait?: ((text: string) => void) | undefined
  admin: Decoy
  sink: Decoy
}

async function open(
  { target, folder }: LoadedTarget,
  { backend, vault, registry, env, admin, sink, signal, onWait }: Opening,
): Promise<Instance[]> {
  const secret = randomMarker(32)
  registry.add({ kind: 'session-password', owner: 'target', generation: 0, value: secret })
  const values = Array.from(
    { length: instanceCount(target, vault) },
    (_, index): TemplateValues => ({
      'backend.url': backend.urls[index % backend.urls.length],
      'backend.clientId': backend.client.id,
      'backend.clientSecret': backend.client.secret,
      'storage.url': backend.storageUrl,
      'storage.host': new URL(backend.storageUrl).host,
      'admin.url': admin.url,
      'sink.url': sink.url,
      'vault.url': vault.urls[index],
      'redis.url': vault.urls[index],
      origin: target.origin ?? EDGE_ORIGIN,
      secret,
      instance: `i${index + 1}`,
    }),
  )
  return startTarget({
    target,
    folder,
    values,
    signal,
    onWait,
    ...(env ? { extraEnv: env } : {}),
  })
}

/** Where Conduit's admin API listens by default; the decoy stands there too when the port is free. */
const ADMIN_PORT = 3030
