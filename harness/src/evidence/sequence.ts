import type { Evidence, Party, ShownHeaders, WireCall } from './evidence.ts'
import { createPeople } from './people.ts'

/** One arrow of a sequence diagram. */
export interface Arrow {
  /** Milliseconds since the first call of the check. */
  at: number
  from: Party
  to: Party
  /** `POST /api/login`, `401`, with `⟨AT2 alice⟩` for every token that went along. */
  text: string
  kind: 'request' | 'answer'
  /** An answer of 400 and more, or none. */
  failed: boolean
}

/** The arrows of a check, and who its users are. */
export interface Sequence {
  arrows: Arrow[]
  /** Short names used in the arrows, and the users they stand for. */
  people: [name: string, user: string][]
}

/** Requests and answers in order of time. */
export function sequenceOf({ calls }: Evidence): Sequence {
  const people = createPeople()
  const begin = Math.min(...calls.map(({ startedAt }) => startedAt))
  const several = new Set(calls.map(({ instance }) => instance)).size > 1
  const arrows = calls
    .flatMap((call) => {
      const tag = several ? `${call.instance} ` : ''
      return [requestArrow(call, tag), ...answerArrow(call, tag)]
    })
    .sort((one, other) => one.at - other.at)
    .map((arrow) => ({
      ...arrow,
      at: Math.round((arrow.at - begin) * 10) / 10,
      text: people.named(arrow.text),
    }))
  return { arrows, people: people.legend() }
}

function requestArrow(call: WireCall, tag: string): Arrow {
  const carried = [
    ...labelsIn(...values(call.requestHeaders), call.requestBody.text),
    ...(call.from === 'browser' ? cookieNames(call.requestHeaders, 'cookie') : []),
    ...call.provoked.map((what) => `[${what}]`),
  ]
  return {
    at: call.startedAt,
    from: call.from,
    to: call.to,
    text: [`${tag}${call.method} ${call.path}`, ...carried].join(' '),
    kind: 'request',
    failed: false,
  }
}

function answerArrow(call: WireCall, tag: string): Arrow[] {
  if (call.endedAt === undefined) return []
  const { status, failure } = call
  const outcome =
    failure === undefined ? String(status) : `${failure}${status > 0 ? ` after ${status}` : ''}`
  const carried = [
    ...labelsIn(...values(call.responseHeaders), call.responseBody.text),
    ...cookieNames(call.responseHeaders, 'set-cookie'),
  ]
  return [
    {
      at: call.endedAt,
      from: call.to,
      to: call.from,
      text: [`${tag}${outcome}${size(call.responseBody.bytes)}`, ...carried].join(' '),
      kind: 'answer',
      failed: failure !== undefined || status >= 400,
    },
  ]
}

const values = (headers: ShownHeaders) => headers.map(([, value]) => value)

/** Labels of tokens and of what was withheld; not those of passwords and lengths. */
const labelsIn = (...texts: (string | undefined)[]): string[] => [
  ...new Set(texts.flatMap((text) => text?.match(/⟨(?:[AR]T\d|JWT|withheld)[^⟩]*⟩/g) ?? [])),
]

/** `cookie sid`, `sets sid`. */
function cookieNames(headers: ShownHeaders, header: 'cookie' | 'set-cookie'): string[] {
  const names = headers
    .filter(([name]) => name.toLowerCase() === header)
    .flatMap(([, value]) => (header === 'cookie' ? value.split('; ') : [value]))
    .map((pair) => pair.split('=')[0] ?? '')
  if (names.length === 0) return []
  return [`${header === 'cookie' ? 'cookie' : 'sets'} ${[...new Set(names)].join(', ')}`]
}

function size(bytes: number): string {
  if (bytes === 0) return ''
  if (bytes < 1000) return `, ${bytes} B`
  return bytes < 1_000_000
    ? `, ${(bytes / 1000).toFixed(1)} kB`
    : `, ${(bytes / 1_000_000).toFixed(1)} MB`
}
