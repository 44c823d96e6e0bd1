import type { FuzzAnswer, FuzzRequest } from './request.ts'

const statuses: Record<FuzzRequest['side'], ReadonlySet<number>> = {
  api: new Set([200, 204, 301, 302, 304, 400, 401, 403, 404, 413, 415, 429, 500, 501]),
  storage: new Set([200, 201, 204, 206, 304, 400, 403, 404, 405, 411, 412, 413, 416, 500]),
  control: new Set([200, 400, 403, 404, 405, 408, 409]),
}

/** Texts of JavaScript that stumbles: allowed only where the recorded backend stumbles with the same words. */
const stumble =
  /Cannot (?:read|set|convert|create|destructure)|is not (?:a function|iterable|defined|a constructor)|Maximum call stack|Invalid array length|Invalid count value|Converting circular|Unexpected token|Invalid time value/
const recordedStumbles: readonly RegExp[] = [
  /^Cannot read properties of null \(reading '_id'\)$/,
  /^Cannot read properties of undefined \(reading 'operation'\)$/,
  /^Cannot create property '.*' on string '.*'$/s,
]
/** Sequelize's own, for a sort by a path that begins at no column: `mock-conduit/src/database/sort-field.ts`. */
const sortStumble = "Cannot read properties of undefined (reading 'type')"

/** Why an answer is none of the backend's; undefined when it is. */
export function verdict(request: FuzzRequest, answer: FuzzAnswer): string | undefined {
  const { status, type, body } = answer
  if (!statuses[request.side].has(status)) return `status ${status}: ${body.slice(0, 300)}`
  if (request.side !== 'api' || request.method === 'HEAD' || body === '') return undefined
  const text = body.slice(0, 300)
  if (type.startsWith('application/json')) return jsonVerdict(request, answer)
  if (status < 400) return undefined
  if (type.startsWith('text/html'))
    return isPage(body) || isBareText(body) ? undefined : `an unknown page: ${text}`
  return `status ${status} in no dialect (${type}): ${text}`
}

/** Express' own page. */
function isPage(body: string): boolean {
  return body.startsWith('<!DOCTYPE html>') && body.includes('<pre>')
}

/** A sentence of the checks before the routes. */
function isBareText(body: string): boolean {
  return !body.startsWith('<!DOCTYPE') && body.length < 500
}

function jsonVerdict(request: FuzzRequest, { status, body }: FuzzAnswer): string | undefined {
  let value: unknown
  try {
    value = JSON.parse(body)
  } catch {
    return `JSON that is none: ${body.slice(0, 300)}`
  }
  if (status < 400) return undefined
  if (typeof value !== 'object' || value === null) return `an error that is no object: ${body}`
  const error: { name?: unknown; status?: unknown; message?: unknown; errors?: unknown } = value
  if (Array.isArray(error.errors)) return undefined
  if (typeof error.message !== 'string' || error.message === '')
    return `an error without a message: ${body.slice(0, 300)}`
  if (error.status !== undefined && error.status !== status)
    return `an error that says ${JSON.stringify(error.status)} with status ${status}`
  const isSort = request.query.includes('sort') && error.message === sortStumble
  return isSort ? undefined : stumbled(error.message)
}

function stumbled(message: string): string | undefined {
  if (!stumble.test(message) || recordedStumbles.some((known) => known.test(message)))
    return undefined
  return `the mock stumbled: ${message.slice(0, 300)}`
}
