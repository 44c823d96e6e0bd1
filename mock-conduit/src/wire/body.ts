import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
import type bodyParser from 'body-parser'
import type { Awaitable } from '../awaitable.ts'
import { BodyTooLarge, type WireRequest } from './message.ts'

/** Express' parsers accept up to 50 MiB. Source: H/index.ts:414-439. */
export const BODY_LIMIT = 50 * 1024 * 1024

/** A refusal of the body parser: bare text, before CORS and helmet. */
export class BodyRefused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

export interface ParsedBody {
  bytes: Buffer
  /** Keys of the parsed body. Bytes of other content types are numbered params, which only tell cached answers of a GET apart. */
  params: Record<string, unknown>
}

/** Of a request without one. */
export const noBody: ParsedBody = { bytes: Buffer.alloc(0), params: Object.freeze({}) }
const plainJson = /^application\/json(?:;\s*charset=utf-8)?$/

/** Reads and parses the body, if there is one, as the backend's parsers do: raw, JSON, form, chosen by how the content type starts (case matters). */
export function readParsedBody(request: WireRequest): Awaitable<ParsedBody> {
  const { headers } = request
  const empty =
    headers['transfer-encoding'] === undefined && headers['content-length'] === undefined
  return empty ? noBody : readAndParse(request)
}

async function readAndParse(request: WireRequest): Promise<ParsedBody> {
  const { headers } = request
  if (Number(headers['content-length']) > BODY_LIMIT)
    throw new BodyRefused(413, 'request entity too large')
  const bytes = await request.readBody(BODY_LIMIT).catch((error: unknown) => {
    throw error instanceof BodyTooLarge ? new BodyRefused(413, 'request entity too large') : error
  })
  const quick =
    headers['content-encoding'] === undefined && plainJson.test(headers['content-type'] ?? '')
      ? tryJson(bytes)
      : undefined
  const keepsBytes = request.method === 'GET' || request.method === 'HEAD'
  return { bytes, params: quick ?? (await parseLikeExpress(bytes, { headers, keepsBytes })) }
}

/** The common case without a parser's stream; anything it does not take goes to the real parser. */
function tryJson(bytes: Buffer): Record<string, unknown> | undefined {
  if (bytes[0] !== 0x7b) return undefined
  try {
    return ownKeys(JSON.parse(bytes.toString('utf8')))
  } catch {
    return undefined
  }
}

/** Assigned, as Conduit does it: what stands under `__proto__` is inherited then, and validation reads it. Source: HM/Rest/util.ts:58-60. */
function ownKeys(body: unknown): Record<string, unknown> {
  const params: Record<string, unknown> = {}
  return typeof body === 'object' && body !== null ? Object.assign(params, body) : params
}

type Parser = ReturnType<typeof bodyParser.json>
let parsers: Promise<Parser[]> | undefined

/** body-parser 2, as express 5.2 bundles it; loaded with the first body that needs it. */
async function loadParsers(): Promise<Parser[]> {
  const { default: parser } = await import('body-parser')
  const types = ['application/json', 'application/x-www-form-urlencoded'] as const
  const [isJson, isForm] = [isOf(types[0]), isOf(types[1])]
  const isRaw = ({ headers }: IncomingMessage) =>
    types.every((type) => !(headers['content-type'] ?? '').startsWith(type))
  return [
    parser.raw({ limit: BODY_LIMIT, type: isRaw }),
    parser.json({ limit: BODY_LIMIT, type: isJson }),
    parser.urlencoded({ limit: BODY_LIMIT, extended: false, type: isForm }),
  ]
}

/** What only starts like a type, as `application/json, text/plain` or `application/jsonx`, is read by no parser: the body counts as empty. Source: package type-is 2.1.0. */
function isOf(type: string): (request: IncomingMessage) => boolean {
  return ({ headers }) => {
    const declared = headers['content-type'] ?? ''
    return declared.startsWith(type) && declared.split(';', 1)[0]?.trim() === type
  }
}

async function parseLikeExpress(
  bytes: Buffer,
  { headers, keepsBytes }: { headers: WireRequest['headers']; keepsBytes: boolean },
): Promise<Record<string, unknown>> {
  const request: object = Object.assign(Readable.from([bytes]), {
    headers: { ...headers, 'content-length': String(bytes.length), 'transfer-encoding': undefined },
  })
  for (const parse of await (parsers ??= loadParsers())) await run(parse, request)
  const parsed = 'body' in request ? request.body : undefined
  return Buffer.isBuffer(parsed) && !keepsBytes ? {} : ownKeys(parsed)
}

function run(parse: Parser, request: object): Promise<void> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown) => {
      if (error === undefined) resolve()
      else reject(refusal(error))
    }
    Reflect.apply(parse, undefined, [request, {}, next])
  })
}

function refusal(error: unknown): BodyRefused {
  const status =
    error instanceof Error && 'status' in error && typeof error.status === 'number'
      ? error.status
      : 400
  const text =
    error instanceof Error && 'body' in error && typeof error.body === 'string' ? error.body : ''
  return new BodyRefused(
    status,
    withLine(error instanceof Error ? error.message : String(error), text),
  )
}

/** The backend's V8 (Node 24) adds line and column to a JSON position; older ones do not. */
function withLine(message: string, text: string): string {
  const position = / JSON at position (\d+)$/.exec(message)?.[1]
  if (position === undefined) return message
  const before = text.slice(0, Number(position)).split('\n')
  return `${message} (line ${before.length} column ${(before.at(-1)?.length ?? 0) + 1})`
}
