import type { PartKey, StatePart } from '../world/part.ts'
import type { World } from '../world/world.ts'
import { type Relation, tupleOf } from './tuple.ts'

/** How long a decision is kept. Source: AZ/controllers/cache.controller.ts:4. */
const KEPT_MS = 60_000
/** Beyond so many, what is kept about one subject is forgotten; the backend's Redis has no such limit. */
const MOST = 10_000

interface Decision {
  allowed: boolean
  until: number
}

/** Answers to "may this subject do that" of the last minute. A subject's own relations clear its decisions; those of teams it belongs to do not. */
class Decisions implements StatePart {
  readonly #bySubject: Map<string, Map<string, Decision>>

  constructor(bySubject = new Map<string, Map<string, Decision>>()) {
    this.#bySubject = bySubject
  }

  find(subject: string, tuple: string): Decision | undefined {
    return this.#bySubject.get(subject)?.get(tuple)
  }

  keep(subject: string, tuple: string, decision: Decision): void {
    const kept = this.#bySubject.get(subject) ?? new Map<string, Decision>()
    if (kept.size >= MOST) kept.clear()
    this.#bySubject.set(subject, kept.set(tuple, decision))
  }

  forget(subject: string): void {
    this.#bySubject.delete(subject)
  }

  fork(): Decisions {
    return new Decisions(
      new Map(Array.from(this.#bySubject, ([subject, kept]) => [subject, new Map(kept)])),
    )
  }
}

const DECISIONS: PartKey<Decisions> = {
  name: 'decisions',
  create: () => new Decisions(),
  is: (part) => part instanceof Decisions,
}

/** The decision that is kept under a tuple, or a new one. Source: AZ/controllers/permissions.controller.ts:63-99. */
export function decided(world: World, about: Relation, decide: () => boolean): boolean {
  const decisions = world.part(DECISIONS)
  const now = world.clock.now()
  const tuple = tupleOf(about)
  const kept = decisions.find(about.subject, tuple)
  if (kept && kept.until > now) return kept.allowed
  const allowed = decide()
  decisions.keep(about.subject, tuple, { allowed, until: now + KEPT_MS })
  return allowed
}

/** Forgets what was decided about one subject. Source: AZ/controllers/cache.controller.ts:59-65. */
export function forgetDecisions(world: World, subject: string): void {
  world.part(DECISIONS).forget(subject)
}
