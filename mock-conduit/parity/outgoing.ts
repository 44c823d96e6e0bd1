import { refuseUnknownKeys } from './not-applicable.ts'
import type { Json, RecordedRequest } from './recording.ts'
import type { Variables } from './variables.ts'

/** What goes over the socket. */
export interface Outgoing {
  method: string
  host: string
  port: number
  target: string
  headers: Record<string, string>
  body: Buffer | undefined
}

const requestKeys = [
  'method',
  'path',
  'url',
  'query',
  'auth',
  'headers',
  'json',
  'text',
  'bodyBase64',
  'form',
  'multipart',
  'fill',
]

/** A recorded request with its variables filled in. Throws `NotApplicable` for a form of request that is not known. */
export function outgoing(recorded: RecordedRequest, variables: Variables, base: string): Outgoing {
  refuseUnknownKeys('request', recorded, requestKeys)
  const whole =
    recorded.url === undefined
      ? base + variables.fill(recorded.path ?? '/')
      : variables.fill(recorded.url)
  const origin = /^https?:\/\/[^/]+/.exec(whole)?.[0] ?? base
  const { hostname, port } = new URL(origin)
  const target = withQuery(whole.slice(origin.length) || '/', recorded.query, variables)
  const { body, type } = bodyOf(recorded, variables)
  const headers: Record<string, string> = {
    Accept: '*/*',
    ...(type === undefined ? {} : { 'Content-Type': type }),
  }
  if (recorded.auth !== undefined)
    headers['Authorization'] = `Bearer ${variables.fill(recorded.auth)}`
  for (const [name, value] of Object.entries(recorded.headers ?? {})) {
    for (const known of Object.keys(headers))
      if (known.toLowerCase() === name.toLowerCase()) Reflect.deleteProperty(headers, known)
    if (value !== null)
      headers[name] =
        typeof value === 'string' ? variables.fill(value) : value.repeatChar.repeat(value.n)
  }
  if (body) headers['Content-Length'] ??= String(body.length)
  return {
    method: recorded.method,
    host: hostname,
    port: Number(port || 80),
    target,
    headers,
    body,
  }
}

function withQuery(path: string, query: RecordedRequest['query'], variables: Variables): string {
  if (query === undefined || query === null) return path
  const join = path.includes('?') ? '&' : '?'
  if (typeof query === 'string') return query === '' ? path : path + join + variables.fill(query)
  const pairs = pairsOf(query, variables)
  return pairs.length === 0 ? path : path + join + new URLSearchParams(pairs).toString()
}

/** Arrays repeat their key. */
function pairsOf(fields: Record<string, Json>, variables: Variables): [string, string][] {
  return Object.entries(fields).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): [string, string] => [
      key,
      variables.fill(typeof each === 'object' ? JSON.stringify(each) : String(each)),
    ]),
  )
}

function bodyOf(
  recorded: RecordedRequest,
  variables: Variables,
): { body: Buffer | undefined; type: string | undefined } {
  if (recorded.json !== undefined)
    return {
      body: Buffer.from(JSON.stringify(variables.fillJson(recorded.json))),
      type: 'application/json',
    }
  if (recorded.form)
    return { body: form(recorded.form, variables), type: 'application/x-www-form-urlencoded' }
  if (recorded.multipart) return multipart(recorded.multipart, variables)
  if (recorded.text !== undefined)
    return { body: Buffer.from(variables.fill(recorded.text)), type: undefined }
  if (recorded.bodyBase64 !== undefined)
    return { body: Buffer.from(recorded.bodyBase64, 'base64'), type: undefined }
  if (!recorded.fill) return { body: undefined, type: undefined }
  const { prefix, char, n, suffix } = recorded.fill
  return {
    body: Buffer.from(variables.fill(prefix) + char.repeat(n) + variables.fill(suffix)),
    type: 'application/json',
  }
}

function form(fields: Record<string, Json>, variables: Variables): Buffer {
  return Buffer.from(new URLSearchParams(pairsOf(fields, variables)).toString())
}

function multipart(
  parts: NonNullable<RecordedRequest['multipart']>,
  variables: Variables,
): { body: Buffer; type: string } {
  const boundary = 'conduit-parity-boundary'
  const text = parts.map((part) => {
    const file = part.filename === undefined ? '' : `; filename="${part.filename}"`
    const type = part.contentType === undefined ? '' : `Content-Type: ${part.contentType}\r\n`
    return `--${boundary}\r\nContent-Disposition: form-data; name="${part.name}"${file}\r\n${type}\r\n${variables.fill(part.value)}\r\n`
  })
  return {
    body: Buffer.from(`${text.join('')}--${boundary}--\r\n`),
    type: `multipart/form-data; boundary=${boundary}`,
  }
}
