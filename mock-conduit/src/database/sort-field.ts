import type { SchemaModel } from './schema-model.ts'
import { columnName } from './values.ts'

/** Bytes that PostgreSQL keeps of a name (NAMEDATALEN - 1). */
const NAME_BYTES = 63

export interface SortKey {
  field: string
  descending: boolean
}

/** What is sorted: rows of a table or of a caller's view, and the relations that are populated with them. */
export interface SortedRows {
  relation: string
  populated?: readonly string[] | undefined
}

/**
 * The field of a row that `sort` means by a name: a column (a single relation by its own name or by its key's), or a path
 * into a JSON column. Anything else is refused with the text that Sequelize or PostgreSQL has for it. Double quotes are
 * dropped from a name. Source: sequelize 6, lib/dialects/abstract/query-generator.js (quote, getQueryOrders).
 */
export function sortedField(model: SchemaModel, key: SortKey, rows: SortedRows): string {
  const { field: name } = key
  const { relation } = rows
  requireColumn(model, key, rows)
  const field = columnFields(model).get(name) ?? columnFields(model).get(name.replaceAll('"', ''))
  if (field !== undefined) return field
  const bare = name.replaceAll('"', '')
  if (bare === '' || name in Object.prototype)
    throw new Error('zero-length delimited identifier at or near """"')
  const [first = '', ...path] = bare.split('.')
  if (path.length === 0) throw new Error(`column ${relation}.${shortened(bare)} does not exist`)
  if (model.byName.get(first)?.type === 'JSON') return bare
  if (!tableColumns(model).includes(first))
    throw new TypeError("Cannot read properties of undefined (reading 'type')")
  throw new Error(
    `missing FROM-clause entry for table "${shortened([first, ...path.slice(0, -1)].join('->'))}"`,
  )
}

/** Sequelize takes a relation's name for a table that is read along, and the direction for a column of it; only a single relation read from its own table, unpopulated, is also a column's name in the answer. */
function requireColumn(
  model: SchemaModel,
  { field: name, descending }: SortKey,
  { relation, populated }: SortedRows,
): void {
  const column = model.byName.get(name)
  if (column?.type !== 'Relation') return
  if (populated?.includes(name))
    throw new Error(`column ${name}.${descending ? 'desc' : 'asc'} does not exist`)
  if (column.array || relation !== `cnd_${model.name}`)
    throw new Error(`missing FROM-clause entry for table "${name}"`)
}

/** The table's own columns, where a single relation stands as its key. */
function tableColumns(model: SchemaModel): string[] {
  return [
    '_id',
    ...(model.timestamps ? ['createdAt', 'updatedAt'] : []),
    ...model.columns.map(columnName),
  ]
}

const fieldsOf = new WeakMap<SchemaModel, Map<string, string>>()

/** Names to sort by, each with the field of a row that it means. */
function columnFields(model: SchemaModel): Map<string, string> {
  let fields = fieldsOf.get(model)
  if (!fields) {
    fields = new Map(tableColumns(model).map((column) => [column, column]))
    for (const column of model.columns.filter((each) => columnName(each) !== each.name)) {
      fields.set(columnName(column), column.name)
      fields.set(column.name, column.name)
    }
    fieldsOf.set(model, fields)
  }
  return fields
}

function shortened(name: string): string {
  const bytes = Buffer.from(name)
  return bytes.length <= NAME_BYTES
    ? name
    : bytes
        .subarray(0, NAME_BYTES)
        .toString('utf8')
        .replace(/\uFFFD$/, '')
}
