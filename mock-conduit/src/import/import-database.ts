import { parseSchema } from '../database/schema-model.ts'
import { parseEndpoint } from '../functions/definition.ts'
import { type Json } from './json.ts'
import { isObject } from '../is-object.ts'

type Note = (text: string) => void

/** Schemas the mock can serve; the others are noted with what is wrong. */
export function importSchemas(list: readonly unknown[], note: Note): Json[] {
  return list.filter((schema, index): schema is Json =>
    isUnderstood(schema, { what: 'schema', index, parse: parseSchema, note }),
  )
}

/** Extensions of system schemas; the mock knows those of User. */
export function importExtensions(list: readonly unknown[], note: Note): Json[] {
  return list.filter((extension, index): extension is Json => {
    const name = isObject(extension) ? extension['schemaName'] : undefined
    if (name === 'User') return true
    note(
      `extension of ${typeof name === 'string' ? name : `#${index + 1}`}: only those of User are served`,
    )
    return false
  })
}

/** Endpoints the mock can serve, which asks for their schema to be there. */
export function importEndpoints(
  list: readonly unknown[],
  schemas: readonly Json[],
  note: Note,
): Json[] {
  const known = new Set<unknown>([...schemas.map(({ name }) => name), 'User', 'File', 'Team'])
  return list.filter((endpoint, index): endpoint is Json => {
    if (!isUnderstood(endpoint, { what: 'endpoint', index, parse: parseEndpoint, note }))
      return false
    const { name, selectedSchemaName: schema } = endpoint
    if (known.has(schema)) return true
    note(`endpoint ${String(name)}: there is no schema ${String(schema)}`)
    return false
  })
}

function isUnderstood(
  value: unknown,
  about: { what: string; index: number; parse: (raw: unknown) => unknown; note: Note },
): value is Json {
  try {
    about.parse(value)
    return true
  } catch (error) {
    const name = isObject(value) && typeof value['name'] === 'string' ? value['name'] : undefined
    about.note(`${about.what} ${name ?? `#${about.index + 1}`}: ${faultOf(error)}`)
    return false
  }
}

/** The first of zod's issues, with its path. */
function faultOf(error: unknown): string {
  const issues: unknown = error instanceof Error && 'issues' in error ? error.issues : undefined
  const first: unknown = Array.isArray(issues) ? issues[0] : undefined
  if (!isObject(first)) return error instanceof Error ? error.message : String(error)
  const path = Array.isArray(first['path']) ? first['path'].join('.') : ''
  return `${path === '' ? '' : `${path}: `}${String(first['message'])}`
}
