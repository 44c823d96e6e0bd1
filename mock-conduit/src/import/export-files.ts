import { readFileSync } from 'node:fs'
import type { WorldDefinition } from '@conduit-bff/fixtures'
import { configModules } from '../world/config.ts'

/** Files that Conduit's Admin API exported, by what they hold. */
export interface ExportFiles {
  /** `GET /database/schemas/export`: `{schemas, extensions}`. */
  schemas?: string | undefined
  /** `GET /database/customEndpoints/export`: `{endpoints}`. */
  endpoints?: string | undefined
  /** `GET /state/export`: `{configs: {modules}, modules: {database, storage, …}}`. */
  state?: string | undefined
}

type Json = Record<string, unknown>

/** `base` with what the files hold; its users stay, its documents, files and relations go, since they belong to other schemas. Throws with the file's name when one cannot be read. */
export function withExports(base: WorldDefinition, files: ExportFiles): WorldDefinition {
  const { schemas, endpoints, state } = files
  if (schemas === undefined && endpoints === undefined && state === undefined) return base
  const kept = schemas === undefined && state === undefined ? {} : { ...emptied }
  return {
    ...base,
    ...kept,
    ...(state === undefined ? {} : fromState(read(state), base)),
    ...(schemas === undefined ? {} : fromSchemas(read(schemas), schemas)),
    ...(endpoints === undefined
      ? {}
      : { endpoints: list(read(endpoints), ['endpoints'], endpoints) }),
  }
}

const emptied = {
  schemas: [],
  extensions: [],
  endpoints: [],
  documents: {},
  files: [],
  relations: [],
}

function fromSchemas(json: unknown, file: string): Pick<WorldDefinition, 'schemas' | 'extensions'> {
  const { extensions } = isObject(json) ? json : {}
  return { schemas: list(json, ['schemas'], file), extensions: objects(extensions) }
}

function fromState(state: unknown, base: WorldDefinition): Partial<WorldDefinition> {
  const database = at(state, ['modules', 'database'])
  const containers = objects(at(state, ['modules', 'storage', 'containers'])).flatMap((each) =>
    typeof each['name'] === 'string'
      ? [{ name: each['name'], isPublic: each['isPublic'] === true }]
      : [],
  )
  const configs = at(state, ['configs', 'modules'])
  const known = Object.entries(isObject(configs) ? configs : {}).filter(([name]) =>
    configModules.includes(name),
  )
  return {
    schemas: objects(at(database, ['schemas'])),
    extensions: objects(at(database, ['extensions'])),
    endpoints: objects(at(database, ['customEndpoints'])),
    containers: containers.length > 0 ? containers : base.containers,
    config: Object.fromEntries(known),
  }
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Error(`${file}: ${why}`, { cause: error })
  }
}

/** The list under a key, or the file itself when it is one. */
function list(json: unknown, path: string[], file: string): Json[] {
  const found = Array.isArray(json) ? json : at(json, path)
  if (Array.isArray(found)) return objects(found)
  throw new Error(
    `${file}: expected a list under "${path.join('.')}", as Conduit's export writes it.`,
  )
}

function at(json: unknown, path: string[]): unknown {
  return path.reduce<unknown>((value, key) => (isObject(value) ? value[key] : undefined), json)
}

function objects(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
