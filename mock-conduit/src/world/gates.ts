import type { Gate, GateSpec } from '../control/types.ts'
import { concerns, type Subject } from './faults.ts'
import type { Ids } from './ids.ts'

interface ArmedGate {
  spec: GateSpec
  id: string
  held: number
  open: boolean
  waiting: Set<() => void>
}

/** A request's place at a gate. */
export interface Place {
  gateId: string
  /** Where in the body a `body` gate holds. */
  afterBytes: number
  /** Resolves when the gate opens or when the client goes away. */
  wait(signal: AbortSignal): Promise<void>
}

/** Gates of a world: they hold requests, answers or bodies until enough wait, or until released. */
export class Gates {
  readonly #world: { ids: Ids }
  #armed: ArmedGate[] = []
  readonly #watchers = new Set<() => void>()

  constructor(world: { ids: Ids }) {
    this.#world = world
  }

  /** False while there is nothing to ask for. */
  get armed(): boolean {
    return this.#armed.length > 0
  }

  add(spec: GateSpec): Gate {
    const id = this.#world.ids.uuid()
    const gate: ArmedGate = { spec, id, held: 0, open: false, waiting: new Set() }
    this.#armed.push(gate)
    return render(gate)
  }

  list(): Gate[] {
    return this.#armed.map(render)
  }

  /** Those that never held a request. */
  unused(): Gate[] {
    return this.list().filter(({ held }) => held === 0)
  }

  get(id: string): Gate | undefined {
    const gate = this.#armed.find((each) => each.id === id)
    return gate && render(gate)
  }

  /** Opens a gate for good and lets its waiters go. */
  release(id: string): Gate | undefined {
    const gate = this.#armed.find((each) => each.id === id)
    if (!gate) return undefined
    this.#open(gate)
    return render(gate)
  }

  /** Opens and forgets one gate, or all. */
  remove(id?: string): void {
    const gone = this.#armed.filter((gate) => id === undefined || gate.id === id)
    this.#armed = this.#armed.filter((gate) => !gone.includes(gate))
    for (const gate of gone) this.#open(gate)
  }

  /** Calls `listener` whenever somebody arrives or leaves, or a gate opens; returns the unsubscriber. */
  watch(listener: () => void): () => void {
    this.#watchers.add(listener)
    return () => this.#watchers.delete(listener)
  }

  /** A place at the first gate that stops this request at `at`, if one is armed; the place counts as held at once. */
  enter(subject: Subject, at: NonNullable<GateSpec['at']>, status?: number): Place | undefined {
    const gate = this.#armed.find(({ spec, open, held }) => {
      if (open || (spec.at ?? 'answer') !== at) return false
      if (spec.times !== undefined && held >= spec.times) return false
      if (spec.status !== undefined && spec.status !== status) return false
      return concerns(spec, subject)
    })
    if (!gate) return undefined
    gate.held += 1
    return {
      gateId: gate.id,
      afterBytes: gate.spec.afterBytes ?? 0,
      wait: (signal) => this.#wait(gate, signal),
    }
  }

  #wait(gate: ArmedGate, signal: AbortSignal): Promise<void> {
    if (gate.open || signal.aborted) return Promise.resolve()
    const passed = new Promise<void>((resolve) => {
      const go = () => {
        gate.waiting.delete(go)
        signal.removeEventListener('abort', go)
        resolve()
        this.#changed()
      }
      gate.waiting.add(go)
      signal.addEventListener('abort', go, { once: true })
    })
    this.#changed()
    if (gate.spec.until !== undefined && gate.waiting.size >= gate.spec.until) this.#open(gate)
    return passed
  }

  #open(gate: ArmedGate): void {
    gate.open = true
    for (const go of [...gate.waiting]) go()
    this.#changed()
  }

  #changed(): void {
    for (const watcher of [...this.#watchers]) watcher()
  }
}

function render(gate: ArmedGate): Gate {
  const { spec, id, waiting, held, open } = gate
  return { ...spec, id, waiting: waiting.size, held, open }
}
