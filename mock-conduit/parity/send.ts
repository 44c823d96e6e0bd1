import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import type { RecordedRequest } from './recording.ts'
import type { Variables } from './variables.ts'

/** What came back, as sent; status 0 when the connection failed. */
export interface RawAnswer {
  status: number
  reason: string
  rawHeaders: [name: string, value: string][]
  body: Buffer
}

interface Outgoing {
  method: string
  host: string
  port: number
  target: string
  headers: Record<string, string>
  body: Buffer | undefined
}

const agent = new Agent({ keepAlive: false, maxSockets: Infinity })

/** Sends a recorded request over a real socket, its path untouched. */
export function send(
  recorded: RecordedRequest,
  variables: Variables,
  base: string,
): Promise<RawAnswer> {
  const outgoing = prepare(recorded, variables, base)
  return /^[A-Z-]+$/.test(outgoing.method) ? sendHttp(outgoing) : sendRaw(outgoing)
}

function prepare(recorded: RecordedRequest, variables: Variables, base: string): Outgoing {
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
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((each): [string, string] => [
      key,
      variables.fill(typeof each === 'object' ? JSON.stringify(each) : String(each)),
    ]),
  )
  return pairs.length === 0 ? path : path + join + new URLSearchParams(pairs).toString()
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

function form(fields: Record<string, string>, variables: Variables): Buffer {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(fields)) query.append(name, variables.fill(value))
  return Buffer.from(query.toString())
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

function sendHttp({ method, host, port, target, headers, body }: Outgoing): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const failed = (error: Error) => {
      resolve({ status: 0, reason: error.message, rawHeaders: [], body: Buffer.alloc(0) })
    }
    const request = httpRequest(
      { method, host, port, path: escaped(target), headers, agent },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('error', failed)
        response.on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            reason: response.statusMessage ?? '',
            rawHeaders: pairs(response.rawHeaders),
            body: Buffer.concat(chunks),
          })
        })
      },
    )
    request.on('error', failed)
    request.end(body)
  })
}

/** Blanks and control characters cannot stand in a request line; everything else goes as written. */
function escaped(target: string): string {
  return target.replace(/[^\x21-\x7e]/g, (char) => encodeURIComponent(char))
}

function pairs(raw: string[]): [string, string][] {
  return Array.from({ length: raw.length / 2 }, (_, at) => [
    raw[at * 2] ?? '',
    raw[at * 2 + 1] ?? '',
  ])
}

/** For methods that node's client refuses to send. */
function sendRaw({ method, host, port, target }: Outgoing): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    const done = () => {
      const [head = '', body = ''] = Buffer.concat(chunks).toString('latin1').split('\r\n\r\n')
      const [line = '', ...lines] = head.split('\r\n')
      const [, status, reason] = /^HTTP\/1\.1 (\d+) ?(.*)$/.exec(line) ?? []
      const rawHeaders = lines.map((each): [string, string] => [
        each.slice(0, each.indexOf(':')),
        each.slice(each.indexOf(':') + 1).trim(),
      ])
      resolve({
        status: Number(status ?? 0),
        reason: reason ?? '',
        rawHeaders,
        body: Buffer.from(body, 'latin1'),
      })
    }
    const socket = connect(port, host, () => {
      socket.write(
        `${method} ${target} HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`,
      )
    })
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', done)
    socket.on('end', done)
  })
}
