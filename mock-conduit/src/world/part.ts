/** A module's slice of a world's state. Forks share until they write. */
export interface StatePart {
  fork(): StatePart
}

/** Names a part and makes an empty one; modules define theirs, the world only keeps them. */
export interface PartKey<T extends StatePart> {
  name: string
  create(): T
  /** Narrows what the world kept under this key. */
  is(part: StatePart): part is T
}

/** All parts of one world; made lazily. */
export class State {
  readonly #parts = new Map<string, StatePart>()

  part<T extends StatePart>(key: PartKey<T>): T {
    const kept = this.#parts.get(key.name)
    if (kept && key.is(kept)) return kept
    const made = key.create()
    this.#parts.set(key.name, made)
    return made
  }

  fork(): State {
    const copy = new State()
    for (const [name, part] of this.#parts) copy.#parts.set(name, part.fork())
    return copy
  }
}
