import { z } from 'zod'
import type { FieldMap } from '../wire/params.ts'
import { compareKeys } from './compare-values.ts'

export type Operation = 'create' | 'read' | 'update' | 'delete'

/** One column of a schema's table. Nested objects are one column here and several (`a_b`) in raw rows. */
export interface Column {
  name: string
  type: string
  array: boolean
  nested: boolean
  required: boolean
  unique: boolean
  hidden: boolean
  default: unknown
  /** Target schema of a relation. */
  model: string | undefined
  /** varchar(255) unless the schema says TEXT. */
  maxLength: number | undefined
}

/** A schema as the database module works with it. */
export interface SchemaModel {
  name: string
  columns: Column[]
  byName: ReadonlyMap<string, Column>
  timestamps: boolean
  cms: boolean
  operations: Record<Operation, { enabled: boolean; authenticated: boolean }>
  authorization: boolean
  /** As declared, with `_id` and timestamps. */
  fields: FieldMap
  /** What a request body may hold: the fields without `_id` and timestamps, as declared, in the order in which PostgreSQL keeps a stored schema (jsonb); issues are told in it. */
  bodyFields: FieldMap
}

const operation = z
  .looseObject({ enabled: z.boolean().default(true), authenticated: z.boolean().default(false) })
  .prefault({})
const options = z.looseObject({
  cms: z
    .looseObject({
      enabled: z.boolean().default(true),
      crudOperations: z
        .looseObject({ create: operation, read: operation, update: operation, delete: operation })
        .prefault({}),
    })
    .prefault({}),
  authorization: z.looseObject({ enabled: z.boolean().default(false) }).prefault({}),
})
const definition = z.looseObject({
  name: z.string(),
  fields: z.record(z.string(), z.unknown()),
  modelOptions: z
    .looseObject({ timestamps: z.boolean().default(true), conduit: options.prefault({}) })
    .optional(),
  conduitOptions: options.optional(),
  timestamps: z.boolean().optional(),
})

const systemFields = new Set(['_id', 'createdAt', 'updatedAt'])

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Reads a schema in export form (`modelOptions`) or as posted to the Admin API (`conduitOptions`, `timestamps`). Source: DB/utils/SchemaConverter.ts:27-209. */
export function parseSchema(raw: unknown): SchemaModel {
  const { name, fields, modelOptions, conduitOptions, timestamps } = definition.parse(raw)
  const conduit = modelOptions?.conduit ?? options.parse(conduitOptions ?? {})
  const columns = Object.entries(fields)
    .filter(([field]) => !systemFields.has(field))
    .map(([field, declared]) => column(field, declared))
  const bodyFields = Object.fromEntries(
    Object.entries(fields)
      .filter(([field]) => !systemFields.has(field))
      .sort(([a], [b]) => compareKeys(a, b)),
  )
  return {
    name,
    columns,
    byName: new Map(columns.map((each) => [each.name, each])),
    timestamps: modelOptions?.timestamps ?? timestamps ?? true,
    cms: conduit.cms.enabled,
    operations: conduit.cms.crudOperations,
    authorization: conduit.authorization.enabled,
    fields,
    bodyFields,
  }
}

function column(name: string, declared: unknown): Column {
  const options = isObject(declared) && 'type' in declared ? declared : {}
  const typed = isObject(declared) ? ('type' in declared ? declared['type'] : declared) : declared
  const array = Array.isArray(typed)
  const item: unknown = array ? typed[0] : typed
  const inner = isObject(item) && typeof item['type'] === 'string' ? item : undefined
  const type =
    typeof item === 'string' ? item : typeof inner?.['type'] === 'string' ? inner['type'] : 'Nested'
  const model = inner?.['model'] ?? options['model']
  const text = options['sqlType'] === 'TEXT' || inner?.['sqlType'] === 'TEXT'
  return {
    name,
    type,
    array,
    nested: type === 'Nested' && !array,
    required: options['required'] === true,
    unique: options['unique'] === true,
    hidden: options['select'] === false,
    default: options['default'],
    model: typeof model === 'string' ? model : undefined,
    maxLength: type === 'String' && !text ? 255 : undefined,
  }
}
