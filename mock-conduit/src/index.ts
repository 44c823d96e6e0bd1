import { createApp } from './app.ts'
import { type ControlClient, createControlClient } from './control/client.ts'
import { close, createApiServer, createStorageServer, listen } from './node.ts'
import { definitionOf, type MockOptions, mockOptions } from './options.ts'
import { DEFAULT_WORLD, type Ports, realPorts, Worlds } from './worlds.ts'

export type { MockOptions } from './options.ts'
export type * from './control/types.ts'
export { type ControlClient, createControlClient } from './control/client.ts'

/** The mock without a socket: bytes are fetched from `storageUrl` through the same `fetch`. */
export interface MockConduit {
  url: string
  storageUrl: string
  fetch: (request: Request) => Promise<Response>
  control: ControlClient
}

/** A mock that listens. */
export interface RunningMock extends AsyncDisposable {
  url: string
  storageUrl: string
  control: ControlClient
  /** Stops listening and ends every connection. */
  stop(): Promise<void>
}

/** Makes a mock in this process; nothing listens. Throws on bad options, naming all of them. */
export function createMockConduit(
  options: MockOptions = {},
  ports: Partial<Ports> = {},
): MockConduit {
  const parsed = mockOptions.parse(options)
  const worlds = new Worlds(
    { ...realPorts, ...ports },
    { api: 'http://localhost:3000', storage: 'http://localhost:3100' },
  )
  worlds.create(DEFAULT_WORLD, definitionOf(parsed), parsed.options)
  const app = createApp(worlds)
  const fetch = async (request: Request) => app.fetch(request)
  return {
    url: worlds.bases.api,
    storageUrl: worlds.bases.storage,
    fetch,
    control: createControlClient(worlds.bases.api, fetch),
  }
}

/** Starts a mock on loopback; resolves when both ports listen. Port 0 takes free ones. */
export async function startMockConduit(
  options: MockOptions = {},
  ports: Partial<Ports> = {},
): Promise<RunningMock> {
  const parsed = mockOptions.parse(options)
  const worlds = new Worlds({ ...realPorts, ...ports }, { api: '', storage: '' })
  const app = createApp(worlds)
  const api = createApiServer(worlds, app, 'main')
  const storage = createStorageServer(worlds)
  const apiAddress = await listen(api, { port: parsed.port, host: parsed.host })
  const storageAddress = await listen(storage, {
    port: parsed.storagePort,
    host: parsed.host,
  }).catch(async (error: unknown) => {
    await close(api)
    throw error
  })
  worlds.bases = {
    api: `http://${parsed.host}:${apiAddress.port}`,
    storage: `http://${parsed.host}:${storageAddress.port}`,
  }
  worlds.create(DEFAULT_WORLD, definitionOf(parsed), parsed.options)
  const stop = async () => {
    for (const world of worlds.list()) world.gates.remove()
    await Promise.all([close(api), close(storage)])
  }
  return {
    url: worlds.bases.api,
    storageUrl: worlds.bases.storage,
    control: createControlClient(worlds.bases.api),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
