import type { z } from 'zod'
import { AppError } from '@/lib/models/app-error'

const BODY_LIMIT_BYTES = 100_000

/** A JSON body by a schema; too large, malformed or unfit bodies are refused with a sentence. */
export async function readBody<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  const result = schema.safeParse(parse(await readText(request)))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new AppError(
    'BAD_REQUEST',
    `${issue?.path.join('.') ?? 'body'}: ${issue?.message ?? 'not valid'}`,
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new AppError('BAD_REQUEST', 'The body is not JSON.')
  }
}

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of request.body ?? []) {
    length += chunk.byteLength
    if (length > BODY_LIMIT_BYTES) throw new AppError('TOO_LARGE', 'The body is too large.')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
