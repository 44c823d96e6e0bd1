import { z } from 'zod'
import type { ControlOperation } from './operation.ts'

type Json = Record<string, unknown>

/** The control API as an OpenAPI 3.1 document, made from the schemas that check its calls. */
export function openApiDocument(operations: readonly ControlOperation[], baseUrl: string): Json {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = `/__mock${operation.path.replace(/:(\w+)/g, '{$1}')}`
    paths[path] = { ...paths[path], [operation.method.toLowerCase()]: described(operation) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'mock-conduit control API',
      version: '0.1.0',
      description: 'Drives one world of a mock. The same paths under /~<name> act on that world.',
    },
    servers: [{ url: baseUrl }],
    security: [{}, { controlToken: [] }],
    paths,
    components: {
      schemas: { Error: schemaOf(refused, 'output') },
      securitySchemes: { controlToken: { type: 'apiKey', in: 'header', name: 'x-mock-token' } },
    },
  }
}

const refused = z.object({
  error: z.string().describe('A sentence that says what to do.'),
  code: z.string(),
})

function described(operation: ControlOperation): Json {
  const { summary, body, answer } = operation
  const parameters = [...pathParameters(operation.path), ...queryParameters(operation.query)]
  const ok = { description: 'Done.', content: json(schemaOf(answer, 'output')) }
  const error = {
    description: 'Refused.',
    content: json({ $ref: '#/components/schemas/Error' }),
  }
  return {
    operationId: idOf(operation),
    summary,
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { content: json(schemaOf(body, 'input')) } } : {}),
    responses: { 200: ok, default: error },
  }
}

function idOf({ method, path }: ControlOperation): string {
  return (
    method.toLowerCase() + path.replace(/[/:]+(\w)/g, (_, letter: string) => letter.toUpperCase())
  )
}

function pathParameters(path: string): Json[] {
  return Array.from(path.matchAll(/:(\w+)/g), ([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(query: z.ZodType | undefined): Json[] {
  if (!query) return []
  const { properties = {} } = schemaOf(query, 'output')
  return Object.entries(properties as Json).map(([name, schema]) => ({ name, in: 'query', schema }))
}

function json(schema: Json): Json {
  return { 'application/json': { schema } }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
