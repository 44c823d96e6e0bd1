import { createHash } from 'node:crypto'

/** Bits that a guesser must guess at most: at each place, the characters that were seen there; what never changes counts nothing. */
export function variedBits(values: readonly string[]): number {
  const shortest = Math.min(...values.map((value) => value.length))
  let bits = 0
  for (let place = 0; place < shortest; place += 1)
    bits += Math.log2(new Set(values.map((value) => value[place])).size)
  return bits
}

/** What somebody who knows the user and about when the login was could try. */
export interface LoginKnowledge {
  user: { id: string; email: string }
  /** Milliseconds since 1970: before the login was sent, after it was answered. */
  from: number
  to: number
}

const SLACK_MS = 10
const ALGORITHMS = ['md5', 'sha1', 'sha256'] as const
/** So many characters of a digest are no coincidence. */
const TELLING = 20
const MOST_COUNTED = 500

/** How a value follows from user and time, for example `sha256 of e-mail and milliseconds`; undefined when no try fits. */
export function derivationOf(value: string, known: LoginKnowledge): string | undefined {
  for (const [name, text] of sourcesOf(known))
    for (const algorithm of ALGORITHMS) {
      const digest = createHash(algorithm).update(text).digest()
      const shapes = [
        digest.toString('hex'),
        digest.toString('base64url'),
        digest.toString('base64'),
      ]
      if (shapes.some((shape) => value.includes(shape.slice(0, TELLING))))
        return `${algorithm} of ${name}`
    }
  return undefined
}

function* sourcesOf({ user, from, to }: LoginKnowledge): Generator<[name: string, text: string]> {
  const who = [
    ['e-mail', user.email],
    ['user id', user.id],
  ] as const
  yield* who.map(([name, text]): [string, string] => [name, text])
  for (let count = 0; count < MOST_COUNTED; count += 1) yield ['a counter', String(count)]
  for (const [unit, moments] of momentsOf(from, to))
    for (const moment of moments) {
      yield [unit, moment]
      for (const [name, text] of who)
        for (const between of ['', ':', '-', '.', '|', '_']) {
          yield [`${name} and ${unit}`, `${text}${between}${moment}`]
          yield [`${unit} and ${name}`, `${moment}${between}${text}`]
        }
    }
}

function momentsOf(from: number, to: number): [unit: string, moments: string[]][] {
  const all = Array.from({ length: to - from + 2 * SLACK_MS }, (_, at) => from - SLACK_MS + at)
  const seconds = [...new Set(all.map((ms) => Math.floor(ms / 1000)))]
  return [
    ['milliseconds', all.map(String)],
    ['seconds', seconds.map(String)],
  ]
}
