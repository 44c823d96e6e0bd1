import { z } from 'zod'

/** What a leaf compares with. Source: DB/interfaces/CustomEndpoint.ts. */
const comparison = z.looseObject({
  type: z.enum(['Input', 'Context', 'Custom', 'Schema']),
  value: z.unknown(),
  like: z.boolean().nullish(),
  caseSensitiveLike: z.boolean().nullish(),
})

export interface Leaf {
  schemaField: string
  operation: number
  comparisonField: z.infer<typeof comparison>
}
export type QueryNode = { AND: QueryNode[] } | { OR: QueryNode[] } | Leaf

const leaf = z.looseObject({
  schemaField: z.string(),
  operation: z.number(),
  comparisonField: comparison,
})
const node: z.ZodType<QueryNode> = z.lazy(() =>
  z.union([z.looseObject({ AND: z.array(node) }), z.looseObject({ OR: z.array(node) }), leaf]),
)

const input = z.looseObject({
  name: z.string(),
  type: z.string(),
  /** 0 body, 1 query, 2 url. */
  location: z.number(),
  optional: z.boolean().nullish(),
  array: z.boolean().nullish(),
})
const assignment = z.looseObject({
  schemaField: z.string(),
  /** 0 set, 1 increment, 2 decrement, 3 append, 4 remove. */
  action: z.number(),
  assignmentField: z.looseObject({
    type: z.enum(['Input', 'Custom', 'Context']),
    value: z.unknown(),
  }),
})

/** A custom endpoint as exported or as posted to the Admin API. Source: DB/models/CustomEndpoints.schema.ts:3-70. */
const endpoint = z.looseObject({
  name: z.string(),
  /** 0 GET, 1 POST, 2 PUT, 3 DELETE, 4 PATCH. */
  operation: z.number().int().min(0).max(4),
  selectedSchemaName: z.string(),
  inputs: z.array(input).nullish(),
  query: node.nullish(),
  assignments: z.array(assignment).nullish(),
  authentication: z.boolean().nullish(),
  paginated: z.boolean().nullish(),
  sorted: z.boolean().nullish(),
  enabled: z.boolean().nullish(),
  endpointDescription: z.string().nullish(),
})

export type Endpoint = z.infer<typeof endpoint>
export type EndpointInput = z.infer<typeof input>
export type Assignment = z.infer<typeof assignment>

/** Throws zod's issues for a definition that is no endpoint. */
export function parseEndpoint(raw: unknown): Endpoint {
  return endpoint.parse(raw)
}

export const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'] as const
