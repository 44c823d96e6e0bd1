import { isObject } from '../is-object.ts'
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

/** Whose fields are documented: `name` is `body` for bodies, else the answer's; `refer` is told of every model that an answer may show, and is absent for bodies. */
export interface Documented {
  name: string
  refer?: ((model: string) => void) | undefined
}

type Fields = Readonly<Record<string, unknown>>

/** The schema of a body or an answer. What stands in objects is never called required; and, a quirk, a scalar field of the schema's own name (`body` in a body) takes the place of all before it. Source: H/classes/ConduitParser.ts:77-190, H/Rest/SwaggerParser.ts:104-240. */
export function objectSchema(fields: Fields, about: Documented): Schema {
  let schema: Schema = { type: 'object', properties: {} }
  for (const [field, declared] of Object.entries(fields)) {
    const shown = fieldSchema(declared, about)
    schema =
      field === about.name && isScalar(declared)
        ? { ...shown, ...requiredOf({}, field, declared) }
        : {
            ...schema,
            properties: { ...(schema['properties'] as Schema | undefined), [field]: shown },
            ...requiredOf(schema, field, declared),
          }
  }
  return schema
}

function requiredOf(schema: Schema, field: string, declared: unknown): Schema {
  if (!isRequired(declared)) return {}
  return { required: [...((schema['required'] as string[] | undefined) ?? []), field] }
}

/** Whether a declared field is mandatory. */
export function isRequired(field: unknown): boolean {
  return isObject(field) && field['required'] === true
}

function isScalar(field: unknown): boolean {
  return typeof (isObject(field) ? field['type'] : field) === 'string'
}

function fieldSchema(field: unknown, about: Documented): Schema {
  if (typeof field === 'string') return typed(field, about)
  if (Array.isArray(field)) return { type: 'array', items: fieldSchema(field[0], about) }
  if (!isObject(field)) return {}
  const { type, model, validate, description } = field
  if (type === 'Relation' && typeof model === 'string' && about.refer) {
    about.refer(model)
    return { oneOf: [{ $ref: referenceTo(model) }, { type: 'string' }] }
  }
  if (type === undefined || isObject(type)) return nestedSchema(field, about)
  return { ...fieldSchema(type, about), ...described(description), ...limitsOf(validate) }
}

function nestedSchema(field: Fields, about: Documented): Schema {
  const { type, description } = field
  if (description && about.name === 'body') return { type: 'string', description }
  const { properties } = objectSchema(isObject(type) ? type : field, about)
  return { type: 'object', ...(properties === undefined ? {} : { properties }) }
}

function described(description: unknown): Schema {
  return description ? { description } : {}
}

/** A `$ref` to a schema of the document. */
export function referenceTo(name: string): string {
  return `#/components/schemas/${name}`
}

/** A type of Conduit's, or the name of a model. */
function typed(type: string, { refer }: Documented): Schema {
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
