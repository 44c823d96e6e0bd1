import type { Row } from '../wire/route.ts'

/** When a row was first written, counted per table: tells rows of one millisecond apart that were not written together when they are sorted by `createdAt`. Not part of the document. */
const CREATED = Symbol('created')

type Stored = Row & { readonly [CREATED]?: number }

export type Compare = (a: Row, b: Row) => number

/** Order of first writing; for ties of `createdAt`. */
export function createdOrder(row: Stored): number {
  return row[CREATED] ?? 0
}

/** One collection of one world: rows in the order they were last written, as PostgreSQL's heap shows them. Rows are immutable. */
export class Table {
  #rows: Map<string, Stored>
  #shared = false
  #counter: number
  #heap: readonly Row[] | undefined
  readonly #sorted = new Map<string, readonly Row[]>()
  readonly #indexes = new Map<string, Map<unknown, Set<Row>>>()

  constructor(rows = new Map<string, Stored>(), counter = 0) {
    this.#rows = rows
    this.#counter = counter
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

  /** All rows in heap order; the same array until the next write. */
  heap(): readonly Row[] {
    return (this.#heap ??= [...this.#rows.values()])
  }

  /** All rows in an order named by `key`; sorted once, then kept until the next write. */
  sorted(key: string, compare: Compare): readonly Row[] {
    let rows = this.#sorted.get(key)
    if (!rows) {
      rows = [...this.heap()].sort(compare)
      this.#sorted.set(key, rows)
    }
    return rows
  }

  /** Rows whose field equals `value`, in heap order, by an index made with the first question. */
  equal(field: string, value: unknown): readonly Row[] {
    let index = this.#indexes.get(field)
    if (!index) {
      index = new Map()
      for (const row of this.#rows.values()) addTo(index, row[field], row)
      this.#indexes.set(field, index)
    }
    return [...(index.get(value) ?? [])]
  }

  /** First row whose field equals `value`. */
  findBy(field: string, value: unknown): Row | undefined {
    return this.equal(field, value)[0]
  }

  insert(row: Row): void {
    this.#counter += 1
    this.#add(row)
  }

  /** Rows of one statement: they have one time, so by `createdAt` they stand as in the heap. */
  insertTogether(rows: readonly Row[]): void {
    this.#counter += 1
    for (const row of rows) this.#add(row)
  }

  #add(row: Row): void {
    const stored: Stored = Object.freeze({ ...row, [CREATED]: this.#counter })
    this.#own().set(row._id, stored)
    for (const [field, index] of this.#indexes) addTo(index, stored[field], stored)
  }

  /** Puts `row` in place of the one with its id; it moves to the end of the heap. */
  replace(row: Row): void {
    const rows = this.#own()
    const before = rows.get(row._id)
    const stored: Stored = Object.freeze({
      ...row,
      [CREATED]: before?.[CREATED] ?? ++this.#counter,
    })
    rows.delete(row._id)
    rows.set(row._id, stored)
    for (const [field, index] of this.#indexes) {
      if (before) index.get(before[field])?.delete(before)
      addTo(index, stored[field], stored)
    }
  }

  delete(id: string): boolean {
    const row = this.#rows.get(id)
    if (!row) return false
    this.#own().delete(id)
    for (const [field, index] of this.#indexes) index.get(row[field])?.delete(row)
    return true
  }

  clear(): number {
    const { size } = this.#rows
    this.#rows = new Map()
    this.#shared = false
    this.#forget()
    this.#indexes.clear()
    return size
  }

  /** A copy that shares rows until either side writes. */
  fork(): Table {
    const copy = new Table(this.#rows, this.#counter)
    copy.#shared = true
    this.#shared = true
    return copy
  }

  #own(): Map<string, Stored> {
    this.#forget()
    if (this.#shared) {
      this.#rows = new Map(this.#rows)
      this.#shared = false
    }
    return this.#rows
  }

  #forget(): void {
    this.#heap = undefined
    this.#sorted.clear()
  }
}

function addTo(index: Map<unknown, Set<Row>>, value: unknown, row: Row): void {
  const rows = index.get(value)
  if (rows) rows.add(row)
  else index.set(value, new Set([row]))
}
