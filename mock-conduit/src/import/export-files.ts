import { readFileSync } from 'node:fs'
import type { WorldDefinition } from '@conduit-bff/fixtures'
import { importEndpoints, importExtensions, importSchemas } from './import-database.ts'
import { importState } from './import-state.ts'
import { at, elements } from './json.ts'

/** Files that Conduit's Admin API exported, by what they hold. */
export interface ExportFiles {
  /** `GET /database/schemas/export`: `{schemas, extensions}`. */
  schemas?: string | undefined
  /** `GET /database/customEndpoints/export`: `{endpoints}`. */
  endpoints?: string | undefined
  /** `GET /state/export`: `{configs: {modules}, modules: {database, storage, …}}`. */
  state?: string | undefined
}

/** A world, and what of the files it does not hold: one line each, without any value of a config. */
export interface Imported {
  world: WorldDefinition
  notes: string[]
}

const emptied = {
  schemas: [],
  extensions: [],
  endpoints: [],
  documents: {},
  files: [],
  relations: [],
}

/**
 * `base` with what the files hold; its users stay, its documents, files and relations go with its schemas. The schemas' and
 * endpoints' own files win over the state's. Secrets in a state are not kept. Throws with the file's name when one cannot be read.
 */
export function withExports(base: WorldDefinition, files: ExportFiles): Imported {
  const notes: string[] = []
  const note = (text: string) => notes.push(text)
  let world = base
  if (files.state !== undefined || files.schemas !== undefined) world = { ...base, ...emptied }
  if (files.state !== undefined) world = { ...world, ...importState(read(files.state), base, note) }
  if (files.schemas !== undefined) {
    const json = read(files.schemas)
    const schemas = importSchemas(list(json, 'schemas', files.schemas), note)
    const extensions = importExtensions(elements(at(json, ['extensions'])), note)
    world = { ...world, schemas, extensions }
  }
  if (files.endpoints !== undefined) {
    const given = list(read(files.endpoints), 'endpoints', files.endpoints)
    world = { ...world, endpoints: importEndpoints(given, world.schemas, note) }
  }
  return { world, notes }
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    const why = error instanceof SyntaxError ? 'it is not JSON' : String(error)
    throw new Error(`${file}: ${why}`, { cause: error })
  }
}

/** The list under a key, or the file itself when it is one. */
function list(json: unknown, key: string, file: string): unknown[] {
  const found = Array.isArray(json) ? json : at(json, [key])
  if (Array.isArray(found)) return found
  throw new Error(`${file}: expected a list under "${key}", as Conduit's export writes it.`)
}
