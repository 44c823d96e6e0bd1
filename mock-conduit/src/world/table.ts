import type { Row } from '../wire/route.ts'

/** One collection of one world: rows in the order they were last written, as PostgreSQL's heap shows them. Rows are immutable. */
export class Table {
  #rows: Map<string, Row>
  #shared = false

  constructor(rows = new Map<string, Row>()) {
    this.#rows = rows
  }

  get size(): number {
    return this.#rows.size
  }

  get(id: string): Row | undefined {
    return this.#rows.get(id)
  }

  rows(): IterableIterator<Row> {
    return this.#rows.values()
  }

  insert(row: Row): void {
    this.#own().set(row._id, row)
  }

  /** Puts `row` in place of the one with its id; it moves to the end of the heap. */
  replace(row: Row): void {
    const rows = this.#own()
    rows.delete(row._id)
    rows.set(row._id, row)
  }

  delete(id: string): boolean {
    return this.#rows.has(id) && this.#own().delete(id)
  }

  clear(): number {
    const { size } = this.#rows
    this.#rows = new Map()
    this.#shared = false
    return size
  }

  /** First row whose field equals `value`. */
  findBy(field: string, value: unknown): Row | undefined {
    for (const row of this.#rows.values()) if (row[field] === value) return row
    return undefined
  }

  /** A copy that shares rows until either side writes. */
  fork(): Table {
    const copy = new Table(this.#rows)
    copy.#shared = true
    this.#shared = true
    return copy
  }

  #own(): Map<string, Row> {
    if (this.#shared) {
      this.#rows = new Map(this.#rows)
      this.#shared = false
    }
    return this.#rows
  }
}
