import { randomUUID } from 'node:crypto'
import type { Seed } from 'mock-conduit'
import { isRecord } from '../is-record.ts'
import { randomMarker } from '../target/template.ts'

interface ConduitOptions {
  cms?: { enabled?: boolean }
  authorization?: { enabled?: boolean }
}

/** A schema of the target's world, in Conduit's own export format (`modelOptions.conduit`) or the admin API's (`conduitOptions`). */
export interface SchemaLike {
  name: string
  fields: Readonly<Record<string, unknown>>
  ownerModule?: string
  conduitOptions?: ConduitOptions
  modelOptions?: { conduit?: ConduitOptions }
}

const optionsOf = (schema: SchemaLike): ConduitOptions =>
  schema.modelOptions?.conduit ?? schema.conduitOptions ?? {}
const isOwnersOwn = (schema: SchemaLike) =>
  (schema.ownerModule ?? 'database') === 'database' && optionsOf(schema).cms?.enabled !== false
/** The backend fills these itself. */
const MANAGED = ['_id', 'createdAt', 'updatedAt']

/** Whether an entry of an export is a schema. */
export const isSchema = (value: object): value is SchemaLike =>
  'name' in value && typeof value.name === 'string' && 'fields' in value && isRecord(value.fields)

/** Whose documents are made, and how many of each schema. */
export interface SeedPlan {
  schemas: readonly SchemaLike[]
  ownerId: string
  /** A file that relations to File point to. */
  fileId: string | undefined
  perSchema: number
  /** Stands in every text field instead of a marker. */
  text?: string
  /** Only schemas that belong to somebody: a relation to User, or authorization. */
  ownedOnly?: boolean
}

/** Documents for every schema of the CMS, each with a marker of its own in every text field, tied to one owner. */
export function generateDocuments(
  plan: SeedPlan,
): Pick<Seed, 'documents' | 'relations'> & { markers: string[] } {
  const schemas = plan.schemas.filter(
    (schema) => isOwnersOwn(schema) && (!plan.ownedOnly || isOwned(schema)),
  )
  const ids = new Map(
    schemas.map((schema) => [
      schema.name,
      Array.from({ length: plan.perSchema }, () => randomUUID()),
    ]),
  )
  const markers: string[] = []
  const marker = () => {
    const text = plan.text ?? `bffc-${randomMarker(8)}`
    markers.push(text)
    return text
  }
  const documents = Object.fromEntries(
    schemas.map((schema) => [
      schema.name,
      (ids.get(schema.name) ?? []).map((_id, index) => ({
        _id,
        ...fieldsOf(schema.fields, { plan, ids, index, marker }),
      })),
    ]),
  )
  const relations = schemas
    .filter((schema) => optionsOf(schema).authorization?.enabled)
    .flatMap((schema) =>
      (ids.get(schema.name) ?? []).map((id) => ({
        subject: `User:${plan.ownerId}`,
        relation: 'owner',
        resource: `${schema.name}:${id}`,
      })),
    )
  return { documents, relations, markers }
}

interface Making {
  plan: SeedPlan
  ids: ReadonlyMap<string, readonly string[]>
  index: number
  marker: () => string
}

function fieldsOf(
  fields: Readonly<Record<string, unknown>>,
  making: Making,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([name]) => !MANAGED.includes(name))
      .map(([name, field]): [string, unknown] => [name, valueOf(field, making)])
      .filter(([, value]) => value !== undefined),
  )
}

function valueOf(field: unknown, making: Making): unknown {
  if (Array.isArray(field)) {
    const one = valueOf(field[0], making)
    return one === undefined ? [] : [one]
  }
  const spec = typeof field === 'string' ? { type: field } : field
  if (!isRecord(spec)) return undefined
  if (Array.isArray(spec['type'])) return valueOf(spec['type'], making)
  if (isRecord(spec['type'])) return fieldsOf(spec['type'], making)
  if (typeof spec['type'] !== 'string') return fieldsOf(spec, making)
  const options = spec['enum']
  if (Array.isArray(options) && options.length > 0)
    return options[making.index % options.length] as unknown
  if (spec['default'] !== undefined) return spec['default']
  return typedValue(spec['type'], spec['model'], making)
}

function typedValue(type: string, model: unknown, { plan, ids, index, marker }: Making): unknown {
  switch (type) {
    case 'String':
      return marker()
    case 'Number':
      return index
    case 'Boolean':
      return true
    case 'Date':
      return new Date(Date.UTC(2024, 0, 1 + index)).toISOString()
    case 'JSON':
      return { index }
    case 'Relation':
      if (model === 'User') return plan.ownerId
      if (model === 'File') return plan.fileId
      return typeof model === 'string' ? ids.get(model)?.[index] : undefined
    default:
      return undefined
  }
}

function isOwned(schema: SchemaLike): boolean {
  return (
    optionsOf(schema).authorization?.enabled === true ||
    JSON.stringify(schema.fields).includes('"model":"User"')
  )
}
