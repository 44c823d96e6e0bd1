import { randomInt } from 'node:crypto'

/** A cookie's value that no login of this deployment set. */
export interface SpoiledValue {
  kind: 'garbage' | 'cut off' | 'changed' | 'empty' | 'too long' | 'of another deployment'
  value: string
}

const EACH = 20
const TOO_LONG = 8192
/** Allowed in a cookie's value and outside most alphabets of ids. */
const PRINTABLE = "!#$%&'()*+-./0123456789:<=>?@ABCXYZ[]^_`abcxyz{|}~"

/**
 * Values made from a good one, twenty of a kind where a kind has so many. What the good value has in common with that of another login,
 * from its beginning on, says how it is made, and is left as it is.
 */
export function spoiledValues(good: string, another: string): SpoiledValue[] {
  const many = (kind: SpoiledValue['kind'], make: (index: number) => string) =>
    Array.from({ length: EACH }, (_, index): SpoiledValue => ({ kind, value: make(index) }))
  const common = commonStart(good, another)
  const start = good.slice(0, common)
  const rest = good.slice(common)
  const values: SpoiledValue[] = [
    ...many('garbage', (index) => text(1 + index * 7, PRINTABLE)),
    ...many('cut off', (index) => good.slice(0, Math.floor((good.length * (index + 1)) / 27))),
    ...many('changed', () => start + changed(rest)),
    { kind: 'empty', value: '' },
    { kind: 'too long', value: text(TOO_LONG, 'abcdef0123456789') },
    ...many('of another deployment', () => start + alike(rest)),
  ]
  return values.filter(({ value }) => value !== good)
}

function commonStart(one: string, other: string): number {
  let length = 0
  while (length < one.length && one[length] === other[length]) length += 1
  return length === one.length ? 0 : length
}

/** One character is another. Not at the end of a run: the last bits of a Base64 text may mean nothing. */
function changed(good: string): string {
  const places = [...good.matchAll(/[A-Za-z0-9](?=[A-Za-z0-9]{3})/g)].map((match) => match.index)
  const at = places[randomInt(Math.max(1, places.length))] ?? 0
  return good.slice(0, at) + otherThan(good[at] ?? 'a') + good.slice(at + 1)
}

/** Another character of the same kind, and not just the other case. */
function otherThan(character: string): string {
  const of = (alphabet: string) =>
    alphabet[(alphabet.indexOf(character) + 1 + randomInt(4)) % alphabet.length] ?? 'a'
  if (/\d/.test(character)) return of('0123456789')
  return /[a-f]/.test(character)
    ? of('abcdef')
    : /[a-z]/.test(character)
      ? of('ghijklmnopqrstuvwxyz')
      : of('ABCDEFGHIJKLMNOPQRSTUVWXYZ')
}

/** What another deployment would set: the same shape, other contents. */
const alike = (good: string) => good.replace(/(?<!%[\dA-F]?)[A-Za-z0-9]/g, otherThan)

const text = (length: number, alphabet: string) =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)] ?? 'a').join('')
