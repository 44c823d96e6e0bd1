import type { Fault, FaultSpec, JournalEntry } from '../control/types.ts'
import type { Ids } from './ids.ts'
import { operationMatches } from './operation.ts'

/** What faults and gates need to know of a request to match it. */
export interface Subject {
  operation: string
  instance: string
  token: JournalEntry['token']
}

export function carriesUser(subject: Subject, user: string | undefined): boolean {
  return user === undefined || subject.token?.userId === user || subject.token?.email === user
}

/** Armed faults of a world, in the order armed. */
export class Faults {
  readonly #world: { ids: Ids }
  #armed: Fault[] = []

  constructor(world: { ids: Ids }) {
    this.#world = world
  }

  add(spec: FaultSpec): Fault {
    const fault = { ...spec, id: this.#world.ids.uuid(), matched: 0, hits: 0 }
    this.#armed.push(fault)
    return fault
  }

  list(): readonly Fault[] {
    return this.#armed
  }

  /** Removes one, or all. */
  remove(id?: string): void {
    this.#armed = id === undefined ? [] : this.#armed.filter((fault) => fault.id !== id)
  }

  /** The fault that hits this request, if any; counts the match. */
  hit(subject: Subject): Fault | undefined {
    if (this.#armed.length === 0) return undefined
    for (const fault of this.#armed) {
      if (!operationMatches(fault.operation, subject.operation)) continue
      if (fault.instance !== undefined && fault.instance !== subject.instance) continue
      if (!carriesUser(subject, fault.user)) continue
      fault.matched += 1
      const times = fault.times === undefined ? 1 : fault.times
      if (fault.matched < (fault.nth ?? 1) || (times !== null && fault.hits >= times)) continue
      fault.hits += 1
      return fault
    }
    return undefined
  }
}
