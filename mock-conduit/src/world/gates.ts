import type { Gate, GateSpec } from '../control/types.ts'
import { carriesUser, type Subject } from './faults.ts'
import type { Ids } from './ids.ts'
import { operationMatches } from './operation.ts'

interface ArmedGate {
  spec: GateSpec
  id: string
  held: number
  open: boolean
  waiting: Set<() => void>
}

/** Gates of a world: they hold requests, answers or bodies until enough wait, or until released. */
export class Gates {
  readonly #world: { ids: Ids }
  #armed: ArmedGate[] = []
  readonly #watchers = new Set<() => void>()

  constructor(world: { ids: Ids }) {
    this.#world = world
  }

  add(spec: GateSpec): Gate {
    const gate: ArmedGate = {
      spec,
      id: this.#world.ids.uuid(),
      held: 0,
      open: false,
      waiting: new Set(),
    }
    this.#armed.push(gate)
    return render(gate)
  }

  list(): Gate[] {
    return this.#armed.map(render)
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
    for (const gate of this.#armed) if (id === undefined || gate.id === id) this.#open(gate)
    this.#armed = id === undefined ? [] : this.#armed.filter((gate) => gate.id !== id)
  }

  watch(listener: () => void): () => void {
    this.#watchers.add(listener)
    return () => this.#watchers.delete(listener)
  }

  /** The gate that stops this request at `at`, if one is armed. */
  find(subject: Subject, at: NonNullable<GateSpec['at']>, status?: number): Gate | undefined {
    if (this.#armed.length === 0) return undefined
    const gate = this.#armed.find(({ spec, open, held }) => {
      if (open || (spec.at ?? 'answer') !== at) return false
      if (spec.times !== undefined && held >= spec.times) return false
      if (spec.status !== undefined && spec.status !== status) return false
      if (spec.instance !== undefined && spec.instance !== subject.instance) return false
      return operationMatches(spec.operation, subject.operation) && carriesUser(subject, spec.user)
    })
    return gate && render(gate)
  }

  /** Waits at a gate; resolves when it opens or when the client goes away. */
  wait(id: string, signal: AbortSignal): Promise<void> {
    const gate = this.#armed.find((each) => each.id === id)
    if (!gate || gate.open) return Promise.resolve()
    gate.held += 1
    const passed = new Promise<void>((resolve) => {
      const go = () => {
        gate.waiting.delete(go)
        signal.removeEventListener('abort', go)
        resolve()
        this.#changed()
      }
      gate.waiting.add(go)
      if (signal.aborted) go()
      else signal.addEventListener('abort', go, { once: true })
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
  return { ...gate.spec, id: gate.id, waiting: gate.waiting.size, held: gate.held, open: gate.open }
}
