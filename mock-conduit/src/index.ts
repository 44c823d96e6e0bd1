import type { Hono } from 'hono'
import { controlListener } from './control-listener.ts'
import { type ControlClient, createControlClient } from './control/client.ts'
import { isLoopbackHost } from './control/guard.ts'
import { baseOf, Listeners } from './listeners.ts'
import { close, createApiServer, createStorageServer, listen } from './node.ts'
import { definitionOf, type MockOptions, mockOptions } from './options.ts'
import { DEFAULT_WORLD, type Ports, realPorts, Worlds } from './worlds.ts'

export type { MockOptions } from './options.ts'
export type * from './control/types.ts'
export { ControlCallError, type ControlClient, createControlClient } from './control/client.ts'

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
  const { controlToken: token } = parsed
  let app: Promise<Hono> | undefined
  const load = () =>
    (app ??= import('./app.ts').then(({ createApp }) => createApp(worlds, { token })))
  const fetch = async (request: Request) => (await load()).fetch(request)
  return {
    url: worlds.bases.api,
    storageUrl: worlds.bases.storage,
    fetch,
    control: createControlClient(worlds.bases.api, { fetch, token }),
  }
}

/** Starts a mock on loopback; resolves when both ports listen. Port 0 takes free ones. Rejects when a port is taken, or when bound elsewhere without a control token. */
export async function startMockConduit(
  options: MockOptions = {},
  ports: Partial<Ports> = {},
): Promise<RunningMock> {
  const parsed = mockOptions.parse(options)
  const { host, controlToken: token } = parsed
  if (token === undefined && !isLoopbackHost(host))
    throw new Error(
      `Bound to ${host} the mock needs a controlToken, or anybody there could drive it.`,
    )
  const definition = definitionOf(parsed)
  const worlds = new Worlds({ ...realPorts, ...ports }, { api: '', storage: '' })
  const listeners: Listeners = new Listeners(host, (label) =>
    createApiServer(worlds, control, label),
  )
  const control = controlListener(worlds, { listeners, token })
  const storage = createStorageServer(worlds)
  const api = createApiServer(worlds, control, 'main')
  const storageAddress = await listen(storage, { port: parsed.storagePort, host })
  const apiAddress = await listen(api, { port: parsed.port, host }).catch(
    async (error: unknown) => {
      await close(storage)
      throw error
    },
  )
  worlds.bases = { api: baseOf(host, apiAddress.port), storage: baseOf(host, storageAddress.port) }
  worlds.create(DEFAULT_WORLD, definition, parsed.options)
  const stop = async () => {
    for (const world of worlds.list()) worlds.drop(world.name)
    await Promise.all([listeners.closeOf(), close(api), close(storage)])
  }
  return {
    url: worlds.bases.api,
    storageUrl: worlds.bases.storage,
    control: createControlClient(worlds.bases.api, { token }),
    stop,
    [Symbol.asyncDispose]: stop,
  }
}
