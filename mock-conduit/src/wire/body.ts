import { parse as parseForm } from 'node:querystring'
import { BodyTooLarge, type WireRequest } from './message.ts'

/** Express' parsers accept up to 50 MiB. Source: H/index.ts:414-439. */
export const BODY_LIMIT = 50 * 1024 * 1024

/** A refusal of the body parser: bare text, before CORS and helmet. */
export class BodyRefused extends Error {
  readonly status: 400 | 413 | 415

  constructor(status: 400 | 413 | 415, message: string) {
    super(message)
    this.status = status
  }
}

export interface ParsedBody {
  bytes: Buffer
  /** Own keys of the parsed body; bytes of other content types carry no named params. */
  params: Record<string, unknown>
}

/** Reads and parses the body as express 5's parsers do. */
export async function readParsedBody(request: WireRequest): Promise<ParsedBody> {
  const { headers } = request
  const hasBody = headers['transfer-encoding'] !== undefined || headers['content-length'] !== undefined
  if (!hasBody) return { bytes: Buffer.alloc(0), params: {} }
  const bytes = await request.readBody(BODY_LIMIT).catch((error: unknown) => {
    throw error instanceof BodyTooLarge ? new BodyRefused(413, 'request entity too large') : error
  })
  const type = headers['content-type'] ?? ''
  if (type.startsWith('application/json')) return { bytes, params: parseJson(bytes, type) }
  if (type.startsWith('application/x-www-form-urlencoded')) return { bytes, params: { ...parseForm(bytes.toString('utf8')) } }
  return { bytes, params: {} }
}

function parseJson(bytes: Buffer, type: string): Record<string, unknown> {
  const charset = /charset\s*=\s*"?([^;"\s]+)/i.exec(type)?.[1]?.toLowerCase()
  if (charset !== undefined && !charset.startsWith('utf-')) throw new BodyRefused(415, `unsupported charset "${charset.toUpperCase()}"`)
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '')
  if (text === '') return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return Array.isArray(value) ? {} : { ...value }
    throw new SyntaxError(`Unexpected token '${text.trim().charAt(0)}', "${text}" is not valid JSON`)
  } catch (error) {
    throw new BodyRefused(400, error instanceof Error ? error.message : String(error))
  }
}
