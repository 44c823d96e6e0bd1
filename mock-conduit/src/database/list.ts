import { ByteString, utf8 } from '../wire/byte-string.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import type { Table } from '../world/table.ts'
import { compareBy, parseSort, requirePage } from './page.ts'
import { populated, requirePopulable, visible } from './render.ts'
import type { SchemaModel } from './schema-model.ts'
import type { SortedRows } from './sort-field.ts'
import { requireUnwrappable } from './unwrap.ts'

/** What a list is made of: the rows in question (all, or a selection), their order, and which part of them is wanted. */
export interface Listing {
  model: SchemaModel
  table: Table
  /** A selection in heap order; undefined for the whole table. */
  rows?: readonly Row[] | undefined
  sort: unknown
  page?: { skip: unknown; limit: unknown }
  /** What becomes of a fraction in skip or limit. */
  whole?: (value: number) => number
  populate: unknown
  /** The view that the rows are read from, on a schema with authorization; else the table is. */
  view?: string | undefined
}

export interface Listed {
  documents: readonly Row[]
  count: number
}

/** Sorts and cuts, and refuses what cannot be populated; a view is asked for ids first, and populates nothing if it has none. The order of a whole table is kept until it changes, so a page costs the page. */
export function select(listing: Listing): Listed {
  const { model, table, rows, sort, page, whole = parsedInt, populate, view } = listing
  if (view === undefined) requirePopulable(pathsOf(populate))
  const keys = parseSort(sort)
  const compare = keys.length > 0 ? compareBy(model, keys, sortedRows()) : undefined
  const cut = page && requirePage(page, whole)
  const all = ordered()
  return { documents: cut ? all.slice(cut.skip, cut.skip + cut.limit) : all, count: all.length }

  function sortedRows(): SortedRows {
    if (view !== undefined) return { relation: view }
    return { relation: `cnd_${model.name}`, populated: pathsOf(populate) }
  }

  function ordered(): readonly Row[] {
    if (rows) return compare ? [...rows].sort(compare) : rows
    return compare ? table.sorted(JSON.stringify(keys), compare) : table.heap()
  }
}

/** `Number.parseInt` of the number's text: 1e21 and 1e-7 are both 1. Source: DB/handlers/cms/crud.handler.ts:28-34. */
function parsedInt(value: number): number {
  return Number.parseInt(String(value), 10)
}

/** Documents that were populated, or the texts of rows that need no work. */
export type ShownRows = unknown[] | { texts: string[] }

/** Rows as the route shows them: plain ones from their kept JSON, populated ones made anew. */
export function shown(
  context: RouteContext,
  model: SchemaModel,
  rows: readonly Row[],
  populate: unknown,
): ShownRows {
  const paths = pathsOf(populate)
  if (paths.length > 0) {
    for (const row of rows) requireUnwrappable(model, row)
    return rows.map((row) => populated(context.world, model, row, paths))
  }
  return { texts: rows.map((row) => rowText(model, row)) }
}

function pathsOf(populate: unknown): string[] {
  return Array.isArray(populate) ? populate.map(String) : []
}

const texts = new WeakMap<Row, string>()

/** A row's JSON as a ByteString keeps it; rows never change, so neither does it. Throws for what cannot be unwrapped. */
export function rowText(model: SchemaModel, row: Row): string {
  let text = texts.get(row)
  if (text === undefined) {
    requireUnwrappable(model, row)
    text = utf8(JSON.stringify(visible(model, row)))
    texts.set(row, text)
  }
  return text
}

/** `{documents, count}` as list routes and paginated endpoints answer it. */
export function pageBody(documents: ShownRows, count: number): unknown {
  if (Array.isArray(documents)) return { documents, count }
  return new ByteString('{"documents":[', documents.texts, `],"count":${count}}`)
}

/** A bare list of documents. */
export function listBody(documents: ShownRows): unknown {
  return Array.isArray(documents) ? documents : new ByteString('[', documents.texts, ']')
}
