import { isObject } from '../is-object.ts'

export type Json = Record<string, unknown>

/** The value under a path of keys; undefined where there is none. */
export function at(json: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), json)
}

/** The elements of a list; none of anything else. */
export function elements(value: unknown): unknown[] {
  return Array.isArray(value) ? value : []
}
