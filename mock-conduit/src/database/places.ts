import type { Column, SchemaModel } from './schema-model.ts'
import { isObject } from '../is-object.ts'

type Fields = Readonly<Record<string, unknown>>

/** What stands at a column's place in a document; undefined where nothing does. */
export function valueAt(document: Fields, { path }: Pick<Column, 'path'>): unknown {
  let at: unknown = document
  for (const key of path) at = isObject(at) && Object.hasOwn(at, key) ? at[key] : undefined
  return at
}

/** A document with one column's value in its place; nothing of what was there is changed. */
export function placed(
  document: Fields,
  [key = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  if (rest.length === 0) return { ...document, [key]: value }
  const inner = document[key]
  return { ...document, [key]: placed(isObject(inner) ? inner : {}, rest, value) }
}

/** A document in which every column has what `valueOf` says. */
export function documentOf(
  { columns, nests }: Pick<SchemaModel, 'columns' | 'nests'>,
  valueOf: (column: Column) => unknown,
): Record<string, unknown> {
  if (!nests) return Object.fromEntries(columns.map((column) => [column.name, valueOf(column)]))
  let document: Record<string, unknown> = {}
  for (const column of columns) document = placed(document, column.path, valueOf(column))
  return document
}

/** A document without what stands at a column's place, and without the objects that this leaves empty. */
export function without(
  document: Fields,
  [key = '', ...rest]: readonly string[],
): Record<string, unknown> {
  const { [key]: inner, ...others } = document
  if (rest.length === 0 || !isObject(inner)) return others
  const left = without(inner, rest)
  return Object.keys(left).length === 0 ? others : { ...others, [key]: left }
}
