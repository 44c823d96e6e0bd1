import type { WorldDefinition } from '@conduit-bff/fixtures'
import type { WorldOptions } from './control/types.ts'
import { buildRouter } from './engine.ts'
import { type Clock, createClock } from './world/clock.ts'
import { deepMerge } from './world/config.ts'
import { type Ids, randomIds } from './world/ids.ts'
import { State } from './world/part.ts'
import { seedOf, seedWorld } from './world/seed.ts'
import { defaultOptions, World } from './world/world.ts'

export const DEFAULT_WORLD = 'default'

/** Options as a caller may give them: what is absent or undefined keeps its default. */
export type OptionsPatch = { [K in keyof WorldOptions]?: WorldOptions[K] | undefined }

export interface ForkOptions {
  options?: OptionsPatch
  seedKeepsState?: boolean
}

export interface Ports {
  ids: Ids
  createClock: () => Clock
}

export const realPorts: Ports = { ids: randomIds, createClock: () => createClock() }

/** Bases of the two servers, without trailing slash; known once they listen. */
export interface Bases {
  api: string
  storage: string
}

/** The worlds of one process. The default world is served at `/`, another at `/~<name>`. */
export class Worlds {
  readonly #worlds = new Map<string, World>()
  readonly #ports: Ports
  bases: Bases

  constructor(ports: Ports, bases: Bases) {
    this.#ports = ports
    this.bases = bases
  }

  get(name: string): World | undefined {
    return this.#worlds.get(name)
  }

  list(): World[] {
    return [...this.#worlds.values()]
  }

  /** Makes a world from a definition and seeds it. */
  create(name: string, definition: WorldDefinition, options: OptionsPatch = {}): World {
    const blank = this.#world(name, definition, { options, seed: new State() })
    seedWorld(blank, seedOf(definition))
    return this.#keep(this.#world(name, definition, { options, seed: blank.forkState() }))
  }

  /**
   * A copy of a world as it stands, time, config and options included; both share what neither changes.
   * `seedKeepsState`: `reset` of the copy comes back to this moment (default), or to the seed of `from`.
   */
  fork(
    name: string,
    from: World,
    { options = {}, seedKeepsState = true }: ForkOptions = {},
  ): World {
    const laid = deepMerge(from.options, options)
    const clock = from.clock.copy()
    if (seedKeepsState) {
      const definition = { ...from.definition, config: from.config }
      return this.#keep(
        this.#world(name, definition, { options: laid, seed: from.forkState(), clock }),
      )
    }
    const state = from.forkState()
    const copy = this.#world(name, from.definition, {
      options: laid,
      seed: from.forkSeed(),
      state,
      clock,
    })
    copy.setConfig(from.config)
    return this.#keep(copy)
  }

  drop(name: string): boolean {
    const world = this.#worlds.get(name)
    world?.gates.remove()
    world?.faults.remove()
    return this.#worlds.delete(name)
  }

  /** The world that a path belongs to, and the path within it. */
  resolve(path: string): { world: World | undefined; name: string; path: string } {
    if (!path.startsWith('/~'))
      return { world: this.#worlds.get(DEFAULT_WORLD), name: DEFAULT_WORLD, path }
    const end = path.indexOf('/', 2)
    const name = end < 0 ? path.slice(2) : path.slice(2, end)
    return { world: this.#worlds.get(name), name, path: end < 0 ? '/' : path.slice(end) }
  }

  #keep(world: World): World {
    this.#worlds.set(world.name, world)
    return world
  }

  #world(
    name: string,
    definition: WorldDefinition,
    from: { options: OptionsPatch; seed: State; state?: State; clock?: Clock },
  ): World {
    const prefix = name === DEFAULT_WORLD ? '' : `/~${name}`
    return new World({
      name,
      definition,
      options: deepMerge(defaultOptions, from.options),
      clock: from.clock ?? this.#ports.createClock(),
      ids: this.#ports.ids,
      urls: () => ({ api: this.bases.api + prefix, storage: this.bases.storage + prefix }),
      buildRouter,
      seed: from.seed,
      ...(from.state ? { state: from.state } : {}),
    })
  }
}
