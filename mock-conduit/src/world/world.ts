import type { WorldDefinition } from '@conduit-bff/fixtures'
import type { WorldOptions } from '../control/types.ts'
import { ResponseCache } from '../wire/cache.ts'
import { RateLimits } from '../wire/limits.ts'
import type { Router } from '../wire/router.ts'
import type { Clock } from './clock.ts'
import { type ConduitConfig, deepMerge, defaultConfig } from './config.ts'
import { Faults } from './faults.ts'
import { Gates } from './gates.ts'
import type { Ids } from './ids.ts'
import { Journal } from './journal.ts'
import type { PartKey, StatePart } from './part.ts'
import { State } from './part.ts'
import { STORE, type Store } from './store.ts'

export const defaultOptions: WorldOptions = {
  rotation: 'strict',
  distinctTokens: true,
  rateLimits: 'conduit',
  accessTokenPadding: 0,
  mode: 'production',
  storage: { dialect: 'local' },
  email: false,
}

export interface WorldInit {
  name: string
  definition: WorldDefinition
  options: WorldOptions
  clock: Clock
  ids: Ids
  /** Where the Client API and the byte server of this world are reached, without trailing slash. */
  urls: () => { api: string; storage: string }
  /** Builds the route table for the world as it stands; called again after a change of config or definition. */
  buildRouter: (world: World) => Router
  /** State to start from; the world forks it and keeps it as its seed. */
  seed: State
  /** State to begin with, if it is not the seed. */
  state?: State
}

/** All state of one backend. Nothing outside it is shared between worlds. */
export class World {
  readonly name: string
  readonly definition: WorldDefinition
  readonly clock: Clock
  readonly ids: Ids
  readonly cache = new ResponseCache()
  readonly limits = new RateLimits()
  readonly journal: Journal
  readonly faults: Faults
  readonly gates: Gates
  readonly #init: WorldInit
  readonly #seedConfig: ConduitConfig
  readonly #seed: State
  #state: State
  #config: ConduitConfig
  #options: WorldOptions
  #router: Router | undefined

  constructor(init: WorldInit) {
    this.#init = init
    this.name = init.name
    this.definition = init.definition
    this.clock = init.clock
    this.ids = init.ids
    this.#options = init.options
    this.#seedConfig = deepMerge(defaultConfig, init.definition.config)
    this.#config = this.#seedConfig
    this.#seed = init.seed
    this.#state = init.state ?? init.seed.fork()
    this.journal = new Journal(this)
    this.faults = new Faults(this)
    this.gates = new Gates(this)
  }

  get config(): ConduitConfig {
    return this.#config
  }

  get options(): WorldOptions {
    return this.#options
  }

  get store(): Store {
    return this.#state.part(STORE)
  }

  get urls(): { api: string; storage: string } {
    return this.#init.urls()
  }

  get router(): Router {
    return (this.#router ??= this.#init.buildRouter(this))
  }

  part<T extends StatePart>(key: PartKey<T>): T {
    return this.#state.part(key)
  }

  /** Lays `patch` over the seed config (not over an earlier patch); `{}` brings the seed config back. */
  setConfig(patch: unknown): ConduitConfig {
    this.#config = deepMerge(this.#seedConfig, patch)
    this.#router = undefined
    return this.#config
  }

  setOptions(patch: Partial<WorldOptions>): WorldOptions {
    this.#options = deepMerge(this.#options, patch)
    this.#router = undefined
    return this.#options
  }

  /** GET cache and rate-limit counters. */
  clearCaches(): void {
    this.cache.clear()
    this.limits.clear()
  }

  /** A copy of the state as it stands now, for a fork. */
  forkState(): State {
    return this.#state.fork()
  }

  /** A copy of what `reset` comes back to. */
  forkSeed(): State {
    return this.#seed.fork()
  }

  /** Back to the seed: state, config, options, clock, caches, faults, gates, journal. */
  reset(): void {
    this.#state = this.#seed.fork()
    this.#config = this.#seedConfig
    this.#options = this.#init.options
    this.#router = undefined
    this.clock.reset()
    this.clearCaches()
    this.faults.remove()
    this.gates.remove()
    this.journal.clear()
  }
}
