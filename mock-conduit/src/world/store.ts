import { type PartKey, type StatePart } from './part.ts'
import { Table } from './table.ts'

/** Every collection of a world by schema name: documents, and Conduit's own `User`, `File`, `Team`… */
export class Store implements StatePart {
  readonly #tables: Map<string, Table>

  constructor(tables = new Map<string, Table>()) {
    this.#tables = tables
  }

  /** The collection of a schema, made empty on first use. */
  table(schema: string): Table {
    let table = this.#tables.get(schema)
    if (!table) {
      table = new Table()
      this.#tables.set(schema, table)
    }
    return table
  }

  /** Collections that were used so far. */
  names(): string[] {
    return [...this.#tables.keys()]
  }

  fork(): Store {
    return new Store(new Map(Array.from(this.#tables, ([name, table]) => [name, table.fork()])))
  }
}

export const STORE: PartKey<Store> = {
  name: 'store',
  create: () => new Store(),
  is: (part) => part instanceof Store,
}
