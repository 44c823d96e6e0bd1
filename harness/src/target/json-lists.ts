import { isRecord } from '../is-record.ts'

/** A list inside a JSON value, and the path to it. */
export interface JsonList {
  path: string
  items: readonly unknown[]
}

const DEEPEST = 4

/** The lists in a JSON value that are reached by names only, the longest first. */
export const listsIn = (value: unknown): JsonList[] =>
  collect(value, '$', 0).sort((one, other) => other.items.length - one.items.length)

function collect(value: unknown, path: string, depth: number): JsonList[] {
  if (Array.isArray(value)) return [{ path, items: value }]
  if (!isRecord(value) || depth === DEEPEST) return []
  return Object.entries(value).flatMap(([key, each]) =>
    /^[\w-]+$/.test(key) ? collect(each, `${path}.${key}`, depth + 1) : [],
  )
}
