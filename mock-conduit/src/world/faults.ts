import type { Fault, FaultSpec, JournalEntry } from '../control/types.ts'
import type { Ids } from './ids.ts'
import { operationMatches } from './operation.ts'

/** What faults and gates need to know of a request to match it. */
export interface Subject {
  operation: string
  instance: string
  token: JournalEntry['token']
}

/** Whether a request is one that a fault or gate is about. */
export function concerns(
  spec: Pick<FaultSpec, 'operation' | 'instance' | 'user'>,
  { operation, instance, token }: Subject,
): boolean {
  if (spec.instance !== undefined && spec.instance !== instance) return false
  if (spec.user !== undefined && token?.userId !== spec.user && token?.email !== spec.user)
    return false
  return operationMatches(spec.operation, operation)
}

/** A fault that hits a request; `removed` is aborted when the fault is taken away, which cuts the sockets it stalls. */
export interface Hit {
  fault: Fault
  removed: AbortSignal
}

interface ArmedFault extends Hit {
  removal: AbortController
}

/** Armed faults of a world, in the order armed. */
export class Faults {
  readonly #world: { ids: Ids }
  #armed: ArmedFault[] = []

  constructor(world: { ids: Ids }) {
    this.#world = world
  }

  /** False while there is nothing to ask for. */
  get armed(): boolean {
    return this.#armed.length > 0
  }

  add(spec: FaultSpec): Fault {
    const fault = { ...spec, id: this.#world.ids.uuid(), matched: 0, hits: 0 }
    const removal = new AbortController()
    this.#armed.push({ fault, removal, removed: removal.signal })
    return { ...fault }
  }

  list(): Fault[] {
    return this.#armed.map(({ fault }) => ({ ...fault }))
  }

  /** Those that never hit a request. */
  unused(): Fault[] {
    return this.list().filter(({ hits }) => hits === 0)
  }

  /** Removes one, or all. */
  remove(id?: string): void {
    const gone = this.#armed.filter(({ fault }) => id === undefined || fault.id === id)
    this.#armed = this.#armed.filter((armed) => !gone.includes(armed))
    for (const { removal } of gone) removal.abort()
  }

  /** The first fault that hits this request, if any. Every fault that is about the request counts it, so that "nth" does not depend on other faults. */
  hit(subject: Subject): Hit | undefined {
    let found: Hit | undefined
    for (const armed of this.#armed) {
      const { fault } = armed
      if (!concerns(fault, subject)) continue
      fault.matched += 1
      const times = fault.times === undefined ? 1 : fault.times
      const over = times !== null && fault.hits >= times
      if (found || over || fault.matched < (fault.nth ?? 1)) continue
      fault.hits += 1
      found = armed
    }
    return found
  }
}
