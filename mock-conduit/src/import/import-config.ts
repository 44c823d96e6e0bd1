import { type ConduitConfig, defaultConfig } from '../world/config.ts'
import { type Json } from './json.ts'
import { isObject } from '../is-object.ts'

/** Keys whose texts open something; their values are neither kept nor shown. */
const secretKey = /secret|password|token$|apikey|privatekey|accesskeyid|connectionstring|keypath/i

/** Keys that lead out of the mock, to the installation that was exported. */
const outward = new Set([
  'router.hostUrl',
  'storage.local.httpBaseUrl',
  'storage.aws.endpoint',
  'storage.cdnConfiguration',
])

/** What stands for a provider's secret, so that it counts as configured. */
const PLACEHOLDER = 'not-imported'
const placeheld = /^authentication\.\w+\.(?:clientSecret|privateKey)$/

/**
 * Conduit's module configs as far as the mock has them. Left out, each with a note that never shows a value: modules and
 * keys the mock has not, values of another type, secrets, and addresses of the installation.
 */
export function importConfig(
  modules: unknown,
  note: (text: string) => void,
): Partial<ConduitConfig> {
  const known: Json = { ...defaultConfig }
  const kept: Json = {}
  for (const [name, config] of Object.entries(isObject(modules) ? modules : {})) {
    if (!Object.hasOwn(known, name)) note(`configs.${name}: a module the mock has not`)
    else kept[name] = keep(config, known[name], { path: name, note })
  }
  return kept
}

interface Place {
  path: string
  note: (text: string) => void
}

function keep(value: unknown, usual: unknown, place: Place): unknown {
  const { path, note } = place
  if (JSON.stringify(value) === JSON.stringify(usual)) return usual
  if (outward.has(path)) {
    note(`configs.${path}: would lead to your installation`)
    return undefined
  }
  if (!isObject(usual)) return keepLeaf(value, usual, place)
  if (!isObject(value)) {
    note(`configs.${path}: expected an object`)
    return undefined
  }
  const kept: Json = {}
  for (const [key, inner] of Object.entries(value)) {
    const below = `${path}.${key}`
    if (!Object.hasOwn(usual, key)) note(`configs.${below}: a key the mock has not`)
    else kept[key] = keep(inner, usual[key], { path: below, note })
  }
  return kept
}

function keepLeaf(value: unknown, usual: unknown, { path, note }: Place): unknown {
  if (secretKey.test(path.split('.').at(-1) ?? '') && typeof usual === 'string') {
    if (value === '' || value === null) return undefined
    note(`configs.${path}: a secret`)
    return placeheld.test(path) ? PLACEHOLDER : undefined
  }
  if (usual === null || kindOf(value) === kindOf(usual)) return value
  note(`configs.${path}: expected ${kindOf(usual)}`)
  return undefined
}

function kindOf(value: unknown): string {
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
