import { z } from 'zod'
import type { FieldMap } from '../wire/params.ts'
import { compareKeys } from './compare-values.ts'
import { isObject } from '../is-object.ts'

export type Operation = 'create' | 'read' | 'update' | 'delete'

/** One column of a schema's table. What stands in a nested object has a column of its own, `a_b` for `a.b`. */
export interface Column {
  /** Of the table; a single relation's is `<name>Id` there. */
  name: string
  /** Where the value stands in a document: `['a', 'b']`. */
  path: readonly string[]
  type: string
  sqlType: string | undefined
  array: boolean
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
  /** Columns by their place in a document, `a.b`. */
  byPath: ReadonlyMap<string, Column>
  /** Whether any column stands in a nested object. */
  nests: boolean
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

/** Reads a schema in export form (`modelOptions`) or as posted to the Admin API (`conduitOptions`, `timestamps`). Source: DB/utils/SchemaConverter.ts:27-209. */
export function parseSchema(raw: unknown): SchemaModel {
  const { name, fields, modelOptions, conduitOptions, timestamps } = definition.parse(raw)
  const conduit = modelOptions?.conduit ?? options.parse(conduitOptions ?? {})
  const own = Object.entries(fields).filter(([field]) => !systemFields.has(field))
  const hidden = new Set(unselected(fields))
  const columns = own.flatMap(([field, declared]) => columnsOf([field], declared, hidden))
  const bodyFields = Object.fromEntries([...own].sort(([a], [b]) => compareKeys(a, b)))
  return {
    name,
    columns,
    byName: new Map(columns.map((each) => [each.name, each])),
    byPath: new Map(columns.map((each) => [each.path.join('.'), each])),
    nests: columns.some(({ path }) => path.length > 1),
    timestamps: modelOptions?.timestamps ?? timestamps ?? true,
    cms: conduit.cms.enabled,
    operations: conduit.cms.crudOperations,
    authorization: conduit.authorization.enabled,
    fields,
    bodyFields,
  }
}

/** The names under which `select: false` stands, at any depth: columns of such a name are hidden. Source: sequelize-adapter/utils/schema.ts:85-124. */
function unselected(declared: unknown): string[] {
  if (typeof declared !== 'object' || declared === null) return []
  return Object.entries(declared).flatMap(([name, value]: [string, unknown]) => [
    ...(isObject(value) && value['select'] === false ? [name] : []),
    ...unselected(value),
  ])
}

/** An object without a type is no column, but what stands in it is. Source: sequelize-adapter/utils/extractors/index.ts:47-109. */
function columnsOf(
  path: readonly string[],
  declared: unknown,
  hidden: ReadonlySet<string>,
): Column[] {
  const inner = isObject(declared) && isObject(declared['type']) ? declared['type'] : declared
  if (!isObject(inner) || 'type' in inner) return [column(path, inner, hidden)]
  return Object.entries(inner).flatMap(([name, field]) => columnsOf([...path, name], field, hidden))
}

function column(path: readonly string[], declared: unknown, hidden: ReadonlySet<string>): Column {
  const name = path.join('_')
  const options = isObject(declared) && 'type' in declared ? declared : {}
  const typed = isObject(declared) ? declared['type'] : declared
  const array = Array.isArray(typed)
  const item: unknown = array ? typed[0] : typed
  const inner = isObject(item) && typeof item['type'] === 'string' ? item : undefined
  const type =
    typeof item === 'string' ? item : typeof inner?.['type'] === 'string' ? inner['type'] : 'JSON'
  const model = inner?.['model'] ?? options['model']
  const sqlType = array ? undefined : options['sqlType']
  return {
    name,
    path,
    type,
    sqlType: typeof sqlType === 'string' ? sqlType : undefined,
    array,
    required: options['required'] === true,
    unique: options['unique'] === true,
    hidden: hidden.has(name) && (type !== 'Relation' || array),
    default: options['default'],
    model: typeof model === 'string' ? model : undefined,
    maxLength: type === 'String' && sqlType !== 'TEXT' ? 255 : undefined,
  }
}
