import { join } from 'node:path'
import { expect, test } from 'vitest'
import { replayOnOurMock } from './on-our-mock.ts'
import { type Json, readRecordings, type RecordedResponse, type Recording } from './recording.ts'

const folder = join(import.meta.dirname, '../../fixtures/recordings')
const recordings = readRecordings(folder, 'auth-renew-happy,db-populate,st-bytes,x-cors')

/** Ways to make a recorded answer wrong; undefined where there is nothing of the kind to change. */
const changes: Record<string, (response: RecordedResponse) => RecordedResponse | undefined> = {
  'another status': (response) => ({ ...response, status: response.status + 1 }),
  'another reason': (response) => ({ ...response, reason: `${response.reason}!` }),
  'a header more': (response) => ({ ...response, headers: { ...response.headers, 'X-More': '1' } }),
  'a header less': (response) => withHeaders(response, (headers) => headers.slice(1)),
  'another header value': (response) =>
    withHeaders(response, ([first, ...rest]) => (first ? [[first[0], 'other'], ...rest] : rest)),
  'another value in the body': (response) =>
    response.body.kind === 'json'
      ? { ...response, body: { kind: 'json', value: altered(response.body.value) } }
      : { ...response, body: { kind: 'text', value: 'other' } },
  'a token under another name': (response) => renamed(response, /\{\{\w+\}\}/g, '{{run}}'),
  'an id where a variable was': (response) => renamed(response, /\{\{\w+\}\}/g, '<id>'),
  'a date where an id was': (response) => renamed(response, /<id>/g, '<date>'),
}

test('the recordings as they are replay equal', async () => {
  const results = await replayOnOurMock(folder, recordings)
  expect(results.filter(({ outcome }) => outcome !== 'equal')).toEqual([])
})

test.each(Object.entries(changes))('%s is found in every step', async (_name, change) => {
  const changed = recordings.map((each) => changedRecording(each, change))
  const results = await replayOnOurMock(
    folder,
    changed.map(({ recording }) => recording),
  )
  const found = results.filter(({ outcome }) => outcome === 'different')
  expect(found.map(({ scenario, step }) => `${scenario} › ${step}`)).toEqual(
    changed.flatMap(({ steps }) => steps),
  )
})

function changedRecording(
  recording: Recording,
  change: (response: RecordedResponse) => RecordedResponse | undefined,
): { recording: Recording; steps: string[] } {
  const names: string[] = []
  const steps = recording.steps.map((step) => {
    const response = step.response && change(step.response)
    if (!response) return step
    names.push(`${recording.id} › ${step.name ?? ''}`)
    return { ...step, response }
  })
  return { recording: { ...recording, steps }, steps: names }
}

type Header = [name: string, value: string | string[]]

/** The header that says the length is compared only sometimes; the others always. */
function withHeaders(
  response: RecordedResponse,
  change: (headers: Header[]) => Header[],
): RecordedResponse {
  const [length, others]: [Header[], Header[]] = [[], []]
  for (const header of Object.entries(response.headers))
    (header[0].toLowerCase() === 'content-length' ? length : others).push(header)
  return { ...response, headers: Object.fromEntries([...change(others), ...length]) }
}

/** With its last leaf changed. */
function altered(value: Json): Json {
  if (typeof value !== 'object' || value === null) return `${JSON.stringify(value)}!`
  const [key] = Object.keys(value).slice(-1)
  if (key === undefined) return 'not empty'
  return Array.isArray(value)
    ? value.with(-1, altered(value.at(-1) ?? null))
    : { ...value, [key]: altered(value[key] ?? null) }
}

function renamed(
  response: RecordedResponse,
  what: RegExp,
  name: string,
): RecordedResponse | undefined {
  const before = JSON.stringify(response.body)
  const after = before.replace(what, name)
  return after === before
    ? undefined
    : { ...response, body: JSON.parse(after) as RecordedResponse['body'] }
}
