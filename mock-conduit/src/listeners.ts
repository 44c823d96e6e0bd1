import type { Server } from 'node:http'
import type { PortInfo } from './control/types.ts'
import { close, listen } from './node.ts'
import type { World } from './world/world.ts'

interface Listener {
  world: string
  label: string
  port: number
  server: Server
}

/** Further ports onto the worlds of one running mock, one for each world and label. */
export class Listeners {
  readonly #host: string
  readonly #createServer: (label: string) => Server
  readonly #open = new Map<string, Promise<Listener>>()

  constructor(host: string, createServer: (label: string) => Server) {
    this.#host = host
    this.#createServer = createServer
  }

  /** The port of this world and label, opened on first use: the one that is asked for, or a free one. */
  async open(world: World, label: string, port = 0): Promise<PortInfo> {
    const key = keyOf(world.name, label)
    let opening = this.#open.get(key)
    if (!opening) {
      opening = this.#listen(world.name, label, port)
      this.#open.set(key, opening)
      opening.catch(() => this.#open.delete(key))
    }
    return this.#info(await opening, world)
  }

  async list(world: World): Promise<PortInfo[]> {
    const all = await Promise.all(this.#open.values())
    return all.filter((each) => each.world === world.name).map((each) => this.#info(each, world))
  }

  /** Closes one port and its connections; false if there is none. */
  async close(world: World, label: string): Promise<boolean> {
    const key = keyOf(world.name, label)
    const opening = this.#open.get(key)
    this.#open.delete(key)
    if (opening) await close((await opening).server)
    return opening !== undefined
  }

  /** Closes every port of a world, or of all. */
  async closeOf(world?: string): Promise<void> {
    const all = await Promise.all(this.#open.values())
    const closing = all.filter((each) => world === undefined || each.world === world)
    for (const each of closing) this.#open.delete(keyOf(each.world, each.label))
    await Promise.all(closing.map(({ server }) => close(server)))
  }

  async #listen(world: string, label: string, wanted: number): Promise<Listener> {
    const server = this.#createServer(label)
    const { port } = await listen(server, { port: wanted, host: this.#host })
    return { world, label, port, server }
  }

  #info({ label, port }: Listener, world: World): PortInfo {
    const { pathname } = new URL(world.urls.api)
    return { label, port, url: baseOf(this.#host, port) + (pathname === '/' ? '' : pathname) }
  }
}

function keyOf(world: string, label: string): string {
  return `${world}/${label}`
}

/** Base URL of a server bound to `host`, as clients of this machine reach it. */
export function baseOf(host: string, port: number): string {
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`
}
