import defaults from './config-defaults.json' with { type: 'json' }

/** JSON's empty arrays have no element type; Conduit's hold strings. */
type Widen<T> = T extends never[]
  ? string[]
  : T extends object
    ? { [K in keyof T]: Widen<T[K]> }
    : T

/** Conduit's module configs, in Conduit's own shape. Defaults: recorded from the backend. */
export type ConduitConfig = Widen<typeof defaults>

export const defaultConfig: ConduitConfig = defaults

export const configModules: readonly string[] = Object.keys(defaults)

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A new object: `patch` laid over `base`, objects merged to any depth, arrays and scalars replaced. Never follows `__proto__`. */
export function deepMerge<T>(base: T, patch: unknown): T
export function deepMerge(base: unknown, patch: unknown): unknown {
  if (!isPlain(base) || !isPlain(patch)) return patch === undefined ? base : patch
  const merged: Record<string, unknown> = { ...base }
  for (const [key, value] of Object.entries(patch)) {
    if (key === '__proto__') continue
    merged[key] = deepMerge(Object.hasOwn(base, key) ? base[key] : undefined, value)
  }
  return merged
}
