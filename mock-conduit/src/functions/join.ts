import type { Column, SchemaModel } from '../database/schema-model.ts'
import { schemasOf } from '../database/schemas.ts'
import { placed, valueAt } from '../database/places.ts'
import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import type { PreparedCondition, Test } from './condition.ts'

/** A to-many relation that a field of a condition leads through, and the field of its documents. */
interface Join {
  name: string
  model: string
  field: string
}

/** Undefined for a field of the rows themselves. Source: sequelize-adapter/parser/index.ts:199-218. */
export function joinOf(model: SchemaModel, schemaField: string): Join | undefined {
  const [name = '', ...rest] = schemaField.split('.')
  const column = model.byName.get(name)
  if (column?.type !== 'Relation' || !column.array) return undefined
  return { name, model: column.model ?? '', field: rest.join('.') || '_id' }
}

/** Changes of many do not read the relation's table, and a page reads it outside of the subquery that holds the condition. Source: sequelize-adapter/SequelizeSchema.ts:550-575; sequelize 6, lib/dialects/abstract/query-generator.js (selectQuery). */
export function refuseJoin({ compile, joins }: PreparedCondition, model: SchemaModel): void {
  const [first] = joins
  if (first === undefined) return
  try {
    compile(`cnd_${model.name}`)
  } catch (error) {
    if (error instanceof TypeError) throw error // JavaScript's, before there is a statement
  }
  throw new Error(`missing FROM-clause entry for table "${first}"`)
}

interface Joining {
  model: SchemaModel
  rows: readonly Row[]
  test: Test
  joins: ReadonlySet<string>
}

/** Rows that the condition holds for together with some row of each relation; of a relation only such rows remain. */
export function joinedRows(world: World, { model, rows, test, joins }: Joining): Row[] {
  const columns = model.columns.filter(({ name }) => joins.has(name))
  return rows.flatMap((row) => {
    const matches = combinations(world, row, columns).filter((joined) => test(row, joined))
    return matches.length === 0 ? [] : [narrowed(row, columns, matches)]
  })
}

type Joined = ReadonlyMap<string, Row>

function combinations(world: World, row: Row, columns: readonly Column[]): Joined[] {
  let all: Joined[] = [new Map()]
  for (const column of columns) {
    const related = relatedRows(world, row, column)
    all = all.flatMap((joined) => related.map((each) => new Map([...joined, [column.name, each]])))
  }
  return all
}

function relatedRows(world: World, row: Row, column: Column): Row[] {
  const target = schemasOf(world).get(column.model ?? '')
  const ids = valueAt(row, column)
  if (!target || !Array.isArray(ids)) return []
  const table = world.store.table(target.name)
  return ids.map((id) => table.get(String(id))).filter((each) => each !== undefined)
}

function narrowed(row: Row, columns: readonly Column[], matches: readonly Joined[]): Row {
  let shown: Record<string, unknown> = row
  for (const column of columns) {
    const ids = new Set(matches.map((joined) => joined.get(column.name)?._id))
    shown = placed(shown, column.path, [...ids])
  }
  return { ...shown, _id: row._id }
}
