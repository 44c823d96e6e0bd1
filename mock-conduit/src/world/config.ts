import fastifyDeepmerge from '@fastify/deepmerge'
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

const merge = fastifyDeepmerge({
  mergeArray: () => (_base, patch: unknown[]) => patch,
  onlyDefinedProperties: true,
})

/** A new object: `patch` laid over `base`, objects merged to any depth, arrays and scalars replaced, undefined left out. Never follows `__proto__`. */
export function deepMerge<T>(base: T, patch: unknown): T
export function deepMerge(base: unknown, patch: unknown): unknown {
  return merge(base, patch)
}
