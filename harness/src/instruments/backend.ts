import type { WorldDefinition } from '@conduit-bff/fixtures'
import {
  createControlClient,
  startMockConduit,
  type ControlClient,
  type PortInfo,
  type RunningMock,
  type TokenRecord,
} from 'mock-conduit'
import { createBackendUsers, type BackendUsers, type SeedingPlan } from './backend-users.ts'
import { createClientApi, type ClientApi } from './client-api.ts'
import { retried } from './retried-fetch.ts'
import { randomMarker } from '../target/template.ts'
import type { CanaryRegistry } from './canary-registry.ts'

/** The mock that stands where Conduit would, one port per instance. */
export interface Backend extends BackendUsers, ClientApi {
  control: ControlClient
  storageUrl: string
  /** The one client that the backend knows; it asks for it only while `clientValidation` is on. */
  client: Readonly<{ id: string; secret: string }>
  /** URL for instance 0, 1 …; its requests carry the label `i1`, `i2` … in the journal. */
  urls: readonly string[]
  /** The schema that a custom endpoint reads. */
  schemaOfEndpoint(name: string): string | undefined
  /** The ports of the instances, closed and opened again; undefined when they are not the harness's to close. */
  doors: Doors | undefined
  /** Learns every token minted so far. */
  learnTokens(): Promise<void>
  /** Learns these. */
  learn(tokens: readonly TokenRecord[]): void
  stop(): Promise<void>
}

/** Closed doors refuse connections, and the connections there were are gone. */
export interface Doors {
  close(): Promise<void>
  open(): Promise<void>
}

export interface BackendPlan extends SeedingPlan {
  world: WorldDefinition
  /** Name of each custom endpoint and the schema it reads. */
  endpoints: Readonly<Record<string, string>>
  instances: number
  /** Fixed ports for targets that run already, one per instance or one for all. */
  ports?: readonly number[] | undefined
  /** A fixed port of the storage host, for targets with a list of hosts. */
  storagePort?: number | undefined
  storage?: { dialect: 'local' | 's3' } | undefined
}

const SHARED_DOCUMENTS = 30

export async function startBackend(plan: BackendPlan): Promise<Backend> {
  const client = { id: randomMarker(12), secret: randomMarker(24) }
  plan.registry.add({
    kind: 'client-secret',
    owner: 'backend',
    generation: 0,
    value: client.secret,
  })
  const mock = await startMockConduit({
    world: withClient(plan.world, client),
    ...(plan.ports?.[0] === undefined ? {} : { port: plan.ports[0] }),
    ...(plan.storagePort === undefined ? {} : { storagePort: plan.storagePort }),
    options: {
      rotation: 'strict',
      rateLimits: 'off',
      distinctTokens: true,
      ...(plan.storage ? { storage: plan.storage } : {}),
    },
  })
  try {
    return await furnish(mock, plan, client)
  } catch (error) {
    await mock.stop()
    throw error
  }
}

async function furnish(
  mock: RunningMock,
  plan: BackendPlan,
  client: Backend['client'],
): Promise<Backend> {
  const control = createControlClient(mock.url, { fetch: retried })
  const [, ...further] = plan.ports ?? []
  const urls = plan.ports
    ? [mock.url, ...(await openPorts(control, further))]
    : await openPorts(control, Array<undefined>(plan.instances).fill(undefined))
  const users = createBackendUsers(control, plan)
  await users.shareDocuments(SHARED_DOCUMENTS)
  return {
    control,
    storageUrl: mock.storageUrl,
    client,
    urls,
    ...users,
    ...createClientApi(mock.url),
    schemaOfEndpoint: (name) => plan.endpoints[name],
    doors: plan.ports ? undefined : doorsOf(control),
    learnTokens: async () => {
      learn(plan.registry, await control.tokens())
    },
    learn: (tokens) => {
      learn(plan.registry, tokens)
    },
    stop: () => mock.stop(),
  }
}

const withClient = (world: WorldDefinition, client: Backend['client']): WorldDefinition => ({
  ...world,
  clients: [...world.clients, { ...client, platform: 'LINUX' }],
})

/** A port for each instance: the one given, or a free one. */
async function openPorts(
  control: ControlClient,
  ports: readonly (number | undefined)[],
): Promise<string[]> {
  const urls: string[] = []
  for (const port of ports) urls.push((await control.openPort(`i${urls.length + 1}`, port)).url)
  return urls
}

function doorsOf(control: ControlClient): Doors {
  let closed: PortInfo[] = []
  return {
    async close() {
      closed = await control.ports()
      for (const { label } of closed) await control.closePort(label)
    },
    async open() {
      for (const { label, port } of closed.splice(0)) await control.openPort(label, port)
    },
  }
}

function learn(registry: CanaryRegistry, tokens: readonly TokenRecord[]): void {
  for (const { kind, email, userId, generation, token } of tokens)
    registry.add({ kind, owner: email ?? userId, generation, value: token })
}
