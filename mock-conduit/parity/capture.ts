import type { Json } from './recording.ts'
import type { RawAnswer } from './send.ts'
import { pick, type Variables } from './variables.ts'

/** Sets variables from an answer: `$.a.b[0].c`, `header:Name` or `body`. What is not there gets a value that equals nothing. */
export function captureFrom(
  answer: RawAnswer,
  capture: Record<string, string>,
  variables: Variables,
): void {
  for (const [name, from] of Object.entries(capture)) {
    const value = captured(answer, from)
    if (typeof value === 'string') variables.set(name, value)
    else if (value !== null) variables.set(name, JSON.stringify(value))
    else variables.set(name, `nothing-captured-as-${name}`)
  }
}

function captured(answer: RawAnswer, from: string): Json {
  if (from === 'body') return answer.body.toString('utf8')
  if (from.startsWith('header:')) {
    const wanted = from.slice('header:'.length).toLowerCase()
    return answer.rawHeaders.find(([name]) => name.toLowerCase() === wanted)?.[1] ?? null
  }
  try {
    return pick(JSON.parse(answer.body.toString('utf8')) as Json, from.slice(1))
  } catch {
    return null
  }
}
