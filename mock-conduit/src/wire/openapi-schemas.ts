/** Conduit's field declarations as OpenAPI schemas. Source: H/Rest/SimpleTypeParamUtils.ts, H/Rest/SwaggerParser.ts. */
export type Schema = Record<string, unknown>

/** The schema of a parameter in path or query. */
export function parameterSchema(field: unknown): Schema {
  if (typeof field === 'string') return scalar(field)
  if (Array.isArray(field)) return listOf(field[0], false)
  if (!isObject(field)) return {}
  const { type, required, validate } = field
  const limits = limitsOf(validate)
  if (typeof type === 'string') return { ...scalar(type), ...limits }
  return Array.isArray(type) ? { ...listOf(type[0], required === true), ...limits } : {}
}

/** Items that say themselves whether they are required decide about the list. */
function listOf(item: unknown, required: boolean): Schema {
  if (!isObject(item))
    return { type: 'array', items: scalar(String(item)), minItems: required ? 1 : 0 }
  const items = { ...scalar(String(item['type'])), ...limitsOf(item['validate']) }
  return { type: 'array', items, minItems: item['required'] === true ? 1 : 0 }
}

/** The schema of a body or an answer; `refer` is told of every model that an answer may show, and is absent for bodies. */
export function objectSchema(
  fields: Readonly<Record<string, unknown>>,
  refer?: (model: string) => void,
): Schema {
  const required = Object.keys(fields).filter((name) => isRequired(fields[name]))
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, fieldSchema(field, refer)]),
  )
  return { type: 'object', properties, ...(required.length > 0 ? { required } : {}) }
}

/** Whether a declared field is mandatory. */
export function isRequired(field: unknown): boolean {
  return isObject(field) && field['required'] === true
}

function fieldSchema(field: unknown, refer: ((model: string) => void) | undefined): Schema {
  if (typeof field === 'string') return typed(field, refer)
  if (Array.isArray(field)) return { type: 'array', items: fieldSchema(field[0], refer) }
  if (!isObject(field)) return {}
  const { type, model, validate } = field
  if (type === undefined) return objectSchema(field, refer)
  if (type === 'Relation' && typeof model === 'string' && refer) {
    refer(model)
    return { oneOf: [{ $ref: referenceTo(model) }, { type: 'string' }] }
  }
  return { ...fieldSchema(type, refer), ...limitsOf(validate) }
}

/** A `$ref` to a schema of the document. */
export function referenceTo(name: string): string {
  return `#/components/schemas/${name}`
}

/** A type of Conduit's, or the name of a model. */
function typed(type: string, refer: ((model: string) => void) | undefined): Schema {
  if (type === 'JSON') return { type: 'object', properties: {} }
  if (types.has(type) || !refer) return scalar(type)
  refer(type)
  return { $ref: referenceTo(type) }
}

const types = new Set(['String', 'Number', 'Boolean', 'Date', 'ObjectId', 'Relation', 'JSON'])

function scalar(type: string): Schema {
  switch (type) {
    case 'JSON':
      return { type: 'object' }
    case 'Date':
      return { type: 'string', format: 'date-time' }
    case 'Number':
    case 'Boolean':
      return { type: type.toLowerCase() }
    default:
      return { type: 'string' }
  }
}

const formats: Record<string, string> = { email: 'email', url: 'uri', uuid: 'uuid' }
const keywords = {
  minLength: 'minLength',
  maxLength: 'maxLength',
  pattern: 'pattern',
  min: 'minimum',
  max: 'maximum',
  exclusiveMin: 'exclusiveMinimum',
  exclusiveMax: 'exclusiveMaximum',
  minItems: 'minItems',
  maxItems: 'maxItems',
}

function limitsOf(validate: unknown): Schema {
  if (!isObject(validate)) return {}
  const format = formats[String(validate['format'])]
  const limits = Object.entries(keywords).flatMap(([rule, keyword]): [string, unknown][] =>
    validate[rule] === undefined || validate[rule] === null ? [] : [[keyword, validate[rule]]],
  )
  return { ...(format ? { format } : {}), ...Object.fromEntries(limits) }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
