import secureJsonParse from 'secure-json-parse'
import { z } from 'zod'
import { isObject } from '../is-object.ts'

/** A field as Conduit declares it: a bare type, an object with `type`, an array of one, or a nested object. Source: HM/classes/ParserUtils.ts:15-28. */
export type Field = unknown
export type FieldMap = Readonly<Record<string, Field>>

export type ParamSection = 'body' | 'query' | 'url'

/** Parameters that the route's declaration refuses; `message` is zod's issues as Conduit joins them. */
export class ParamsRefused extends Error {}

type Parse = (params: Record<string, unknown>) => Record<string, unknown>

const compiled = {
  body: new WeakMap<FieldMap, Parse>(),
  query: new WeakMap<FieldMap, Parse>(),
  url: new WeakMap<FieldMap, Parse>(),
}

/**
 * The validator of one section, made once per declaration: unknown keys are stripped, query and url values are coerced.
 * It throws ParamsRefused. Source: HM/classes/ZodParser.ts, HM/Rest/util.ts:98-106.
 */
export function compileParams(fields: FieldMap, section: ParamSection): Parse {
  const cache = compiled[section]
  const known = cache.get(fields)
  if (known) return known
  const schema = z.object(shapeOf(fields, section !== 'body'))
  const parse: Parse = (params) => {
    const result = schema.safeParse(params)
    if (result.success) return result.data
    throw new ParamsRefused(result.error.issues.map(issueText).join('; '))
  }
  cache.set(fields, parse)
  return parse
}

function issueText(issue: z.core.$ZodIssue): string {
  return issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message
}

function shapeOf(fields: FieldMap, coerce: boolean): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, fieldSchema(field, coerce)]),
  )
}

/** `required: true` is the only thing that makes a field mandatory; a bare array is always optional. */
function fieldSchema(field: Field, coerce: boolean): z.ZodType {
  if (typeof field === 'string') return optionalAs(field, scalar(field, coerce), false)
  if (Array.isArray(field)) return list(field[0], { coerce }).optional()
  if (!isObject(field)) return z.any()
  const required = field['required'] === true
  const declared = 'type' in field && field['type'] !== undefined ? field['type'] : field
  if (typeof declared === 'string')
    return optionalAs(declared, validated(scalar(declared, coerce), field), required)
  const schema = Array.isArray(declared)
    ? list(declared[0], { coerce, validate: field['validate'] })
    : z.object(isObject(declared) ? shapeOf(declared, coerce) : {})
  return required ? schema : schema.optional()
}

/** An optional JSON parameter takes a blank string for absent; the others are absent or right, never null. */
function optionalAs(type: string, schema: z.ZodType, required: boolean): z.ZodType {
  if (required) return schema
  if (type !== 'JSON') return schema.optional()
  return z.preprocess(
    (value) => (typeof value === 'string' && value.trim() === '' ? undefined : value),
    schema.optional(),
  )
}

function scalar(type: string, coerce: boolean): z.ZodType {
  switch (type) {
    case 'String':
    case 'ObjectId':
    case 'Relation':
      return z.string()
    case 'Number':
      return coerce ? z.coerce.number() : z.number()
    case 'Boolean':
      return coerce ? z.coerce.boolean() : z.boolean()
    case 'Date':
      return z.iso.datetime({ offset: true })
    case 'JSON':
      return z.union([z.array(z.any()), z.record(z.string(), z.any()), jsonText])
    default:
      return z.any()
  }
}

/** A string that holds JSON of an object or array; keys that reach prototypes are refused. */
const jsonText = z.string().transform((text, context): unknown => {
  try {
    const value: unknown = secureJsonParse.parse(text.trim(), null, {
      protoAction: 'error',
      constructorAction: 'error',
    })
    if (typeof value === 'object' && value !== null) return value
  } catch {
    // not JSON: refused below, and inside a union zod shows no text of ours
  }
  context.addIssue({ code: 'custom', message: 'Invalid JSON' })
  return z.NEVER
})

function list(item: Field, options: { coerce: boolean; validate?: unknown }): z.ZodType {
  const limits = isObject(options.validate) ? options.validate : {}
  const { minItems, maxItems, message } = limits
  const text = typeof message === 'string' ? message : undefined
  let array = z.array(itemSchema(item, options.coerce))
  if (typeof minItems === 'number') array = array.min(minItems, text)
  if (typeof maxItems === 'number') array = array.max(maxItems, text)
  if (!options.coerce) return array
  return z.preprocess(
    (value) => (Array.isArray(value) || value === undefined || value === null ? value : [value]),
    array,
  )
}

function itemSchema(item: Field, coerce: boolean): z.ZodType {
  if (typeof item === 'string') return scalar(item, coerce)
  if (!isObject(item)) return z.any()
  const type = item['type']
  if (typeof type === 'string') return scalar(type, coerce)
  return z.object(shapeOf(isObject(type) ? type : item, coerce))
}

const objectId = /^([a-f\d]{24}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i

/** A field's `validate` options; they hold for strings and numbers. Source: HM/classes/ZodParser.ts:59-122. */
function validated(schema: z.ZodType, field: Record<string, unknown>): z.ZodType {
  const rules = field['validate']
  if (!isObject(rules)) return schema
  const text = typeof rules['message'] === 'string' ? rules['message'] : undefined
  if (schema instanceof z.ZodString) return validString(schema, rules, text)
  return schema instanceof z.ZodNumber ? validNumber(schema, rules, text) : schema
}

function validString(
  schema: z.ZodString,
  rules: Record<string, unknown>,
  text: string | undefined,
): z.ZodType {
  const { format, minLength, maxLength, length, pattern } = rules
  let string = schema
  if (format === 'email') string = string.check(z.email(text))
  if (format === 'url') string = string.check(z.url(text))
  if (format === 'uuid') string = string.check(z.uuid(text))
  if (format === 'objectId') string = string.regex(objectId, text ?? 'Invalid ObjectId format')
  if (typeof minLength === 'number') string = string.min(minLength, text)
  if (typeof maxLength === 'number') string = string.max(maxLength, text)
  if (typeof length === 'number') string = string.length(length, text)
  return typeof pattern === 'string' && pattern !== ''
    ? string.regex(new RegExp(pattern), text)
    : string
}

function validNumber(
  schema: z.ZodNumber,
  rules: Record<string, unknown>,
  text: string | undefined,
): z.ZodType {
  const { min, max, exclusiveMin, exclusiveMax, integer } = rules
  let number = schema
  if (typeof min === 'number') number = number.gte(min, text)
  if (typeof max === 'number') number = number.lte(max, text)
  if (typeof exclusiveMin === 'number') number = number.gt(exclusiveMin, text)
  if (typeof exclusiveMax === 'number') number = number.lt(exclusiveMax, text)
  return integer === true ? number.int(text) : number
}
