import { z } from 'zod'

/** Conduit's field types. */
export type FieldType = 'String' | 'Number' | 'Boolean' | 'Date' | 'ObjectId' | 'JSON' | 'Relation'

/** A field as Conduit declares it: short, full, array or nested. Source: HM/classes/ParserUtils.ts:15-28. */
export type Field = FieldType | { type: Field | FieldMap; required?: boolean; [option: string]: unknown } | [Field] | FieldMap
export interface FieldMap {
  [name: string]: Field
}

export type ParamSection = 'body' | 'query' | 'url'

/** Placeholder replaced by the wire engineer's full ZodParser semantics. */
export function compileParams(_fields: FieldMap, _section: ParamSection): z.ZodType<Record<string, unknown>> {
  return z.record(z.string(), z.unknown())
}

/** Parameters that the route's declaration refuses; `message` is zod's issues as Conduit joins them. */
export class ParamsRefused extends Error {}
