import { createHash } from 'node:crypto'
import { holdsPlaceholder, type Normaliser } from './normalise.ts'
import type { Json, RecordedBody, RecordedResponse } from './recording.ts'
import type { RawAnswer } from './send.ts'

const ignored = new Set(['date', 'connection', 'keep-alive', 'transfer-encoding'])
const TEXT_SHOWN = 4_000

/** Every way in which an answer differs from the recorded one, each a line `where: expected …, got …`; empty when equal. */
export function compareResponse(
  expected: RecordedResponse,
  actual: RawAnswer,
  normaliser: Normaliser,
): string[] {
  if (expected.status === 0)
    return actual.status === 0 ? [] : [line('status', 'a failed connection', actual.status)]
  const differences: string[] = []
  if (actual.status !== expected.status)
    differences.push(
      line(
        'status',
        expected.status,
        actual.status === 0 ? `no answer (${actual.reason})` : actual.status,
      ),
    )
  else if (actual.reason !== expected.reason)
    differences.push(line('reason', expected.reason, actual.reason))
  differences.push(...compareHeaders(expected, actual, normaliser))
  differences.push(...compareBody(expected.body, actual.body, normaliser))
  return differences
}

function line(where: string, expected: unknown, got: unknown): string {
  return `${where}: expected ${shown(expected)}, got ${shown(got)}`
}

function shown(value: unknown): string {
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).replaceAll('\n', '\\n')
  return text.length > 300 ? `${text.slice(0, 300)}…` : text
}

function compareHeaders(
  expected: RecordedResponse,
  actual: RawAnswer,
  normaliser: Normaliser,
): string[] {
  const want = new Map(
    Object.entries(expected.headers).map(([name, value]) => [name.toLowerCase(), [value].flat()]),
  )
  const have = new Map<string, string[]>()
  for (const [name, value] of actual.rawHeaders)
    have.set(name.toLowerCase(), [
      ...(have.get(name.toLowerCase()) ?? []),
      normaliser.header(name, value),
    ])
  const differences: string[] = []
  for (const name of new Set([...want.keys(), ...have.keys()])) {
    if (ignored.has(name) || (name === 'content-length' && lengthVaries(expected.body))) continue
    const wanted = want.get(name)
    const got = have.get(name)
    if (!wanted) differences.push(line(`header ${name}`, 'none', got?.join(' | ')))
    else if (!got) differences.push(line(`header ${name}`, wanted.join(' | '), 'none'))
    else if (wanted.join('\n') !== got.join('\n'))
      differences.push(line(`header ${name}`, wanted.join(' | '), got.join(' | ')))
  }
  return differences
}

function lengthVaries(body: RecordedBody): boolean {
  if (body.kind === 'json')
    return holdsPlaceholder(body.value) || JSON.stringify(body.value).includes('"hashedPassword"')
  return body.kind === 'text' && holdsPlaceholder(body.value)
}

function compareBody(expected: RecordedBody, bytes: Buffer, normaliser: Normaliser): string[] {
  switch (expected.kind) {
    case 'empty':
      return bytes.length === 0 ? [] : [line('body', 'empty', bytes.toString('utf8'))]
    case 'text':
      return compareText(expected.value, bytes.toString('utf8'), normaliser)
    case 'binary':
      return compareBinary(expected, bytes)
    case 'json':
      return compareJsonText(expected.value, bytes.toString('utf8'), normaliser)
  }
}

function compareText(expected: string, actual: string, normaliser: Normaliser): string[] {
  const cut = (text: string) =>
    text.length > TEXT_SHOWN ? `${text.slice(0, TEXT_SHOWN)}...(${text.length})` : text
  const forms = [cut(normaliser.text(actual)), normaliser.text(cut(actual))]
  return forms.includes(expected) ? [] : [line('body', expected, forms[0])]
}

function compareBinary(
  expected: Extract<RecordedBody, { kind: 'binary' }>,
  bytes: Buffer,
): string[] {
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  if (bytes.length !== expected.length) return [line('body length', expected.length, bytes.length)]
  return sha256 === expected.sha256 ? [] : [line('body sha256', expected.sha256, sha256)]
}

function compareJsonText(expected: Json, text: string, normaliser: Normaliser): string[] {
  let actual: Json
  try {
    actual = JSON.parse(text) as Json
  } catch {
    return [line('body', expected, text === '' ? 'empty' : text)]
  }
  return compareJson(withoutPassword(expected), withoutPassword(normaliser.json(actual)), '$')
}

/** The backend's leak is not asked of anybody. */
function withoutPassword(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutPassword)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'hashedPassword')
      .map(([key, each]) => [key, withoutPassword(each)]),
  )
}

/** Deep comparison; the order of an object's keys does not matter. */
export function compareJson(expected: Json, actual: Json, where: string): string[] {
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length)
      return [line(`${where}.length`, expected.length, actual.length)]
    return expected.flatMap((each, at) => compareJson(each, actual[at] ?? null, `${where}[${at}]`))
  }
  if (!isObject(expected) || !isObject(actual))
    return Object.is(expected, actual) ? [] : [line(where, expected, actual)]
  return [...new Set([...Object.keys(expected), ...Object.keys(actual)])].flatMap((key) => {
    const [want, got] = [own(expected, key), own(actual, key)]
    if (want === undefined || got === undefined)
      return [
        line(
          `${where}.${key}`,
          want === undefined ? 'absent' : want,
          got === undefined ? 'absent' : got,
        ),
      ]
    return compareJson(want, got, `${where}.${key}`)
  })
}

function own(value: Record<string, Json>, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined
}

function isObject(value: Json): value is Record<string, Json> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
