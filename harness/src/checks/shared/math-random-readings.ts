/** What a text tells of one number of `Math.random`: it was at least the first and less than the second. */
export type Draw = readonly [low: number, high: number]

/** A way in which programs write such numbers as a text. Some texts can be cut into numbers in several places. */
type Reading = (text: string) => Draw[][]

const DIGITS = '0123456789'
const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
/** Alphabets out of which a character each is drawn; the last one is that of `nanoid/non-secure`. */
const ALPHABETS = [
  `${DIGITS}${LOWER}`,
  `${LOWER}${DIGITS}`,
  `${DIGITS}${LOWER}${UPPER}`,
  `${DIGITS}${UPPER}${LOWER}`,
  `${LOWER}${UPPER}${DIGITS}`,
  `${UPPER}${LOWER}${DIGITS}`,
  `${UPPER}${LOWER}${DIGITS}-_`,
  `${DIGITS}${LOWER}${UPPER}-_`,
  'useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict',
]
const HEX = /^[0-9a-f]+$/i
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/i

/** Every reading. One applies to all ids of a target or to none. */
export const readings: readonly Reading[] = [
  (text) => (HEX.test(text) ? [Array.from(text, (digit) => oneOf(parseInt(digit, 16), 16))] : []),
  (text) => (HEX.test(text) ? [words(text, 2)] : []),
  (text) => (HEX.test(text) ? [words(text, 8)] : []),
  (text) => (UUID.test(text) ? [uuid(text.replaceAll('-', ''))] : []),
  (text) => [[...Buffer.from(text, 'base64url')].map((byte) => oneOf(byte, 256))],
  ...ALPHABETS.map((alphabet): Reading => (text) => {
    const places = Array.from(text, (character) => alphabet.indexOf(character))
    return places.includes(-1) ? [] : [places.map((place) => oneOf(place, alphabet.length))]
  }),
  fractions(36, { digits: /^[0-9a-z]+$/, least: 9, most: 13 }),
  fractions(16, { digits: HEX, least: 11, most: 14 }),
]

/** The texts in a cookie that may be an id, without the signature behind it. */
export const piecesOf = (value: string): string[] => value.match(/[\w-]{16,}/g) ?? []

const oneOf = (place: number, count: number): Draw => [place / count, (place + 1) / count]

const words = (text: string, length: number): Draw[] =>
  (text.match(new RegExp(`.{${length}}`, 'g')) ?? []).map((word) =>
    oneOf(parseInt(word, 16), 16 ** length),
  )

/** As `'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'` is filled in: the version is no draw, and of the variant's digit only two bits are. */
function uuid(digits: string): Draw[] {
  const draws: Draw[] = []
  Array.from(digits).forEach((digit, at) => {
    if (at !== 12) draws.push(at === 16 ? [0, 1] : oneOf(parseInt(digit, 16), 16))
  })
  return draws
}

/** Digits that a piece of `Math.random().toString(36).slice(2)` has more or less than the others. */
const UNEVEN = 2

/** Digits of the shortest piece, and of the longest. */
interface Lengths {
  least: number
  most: number
}

interface Fraction extends Lengths {
  digits: RegExp
}

/** Three or four fractions one behind another; fewer are too short for an id anyway. */
function fractions(radix: number, { digits, ...lengths }: Fraction): Reading {
  const draw = (text: string): Draw => {
    const unit = radix ** -text.length
    const value = Array.from(text).reduce(
      (sum, digit, at) => sum + parseInt(digit, radix) * radix ** -(at + 1),
      0,
    )
    return [Math.max(0, value - unit), Math.min(1, value + unit)]
  }
  return (text) =>
    digits.test(text)
      ? [3, 4].flatMap((count) => cuts(text, count, lengths).map((pieces) => pieces.map(draw)))
      : []
}

/** All ways to cut a text into so many pieces of about the same length. */
function cuts(text: string, count: number, { least, most }: Lengths): string[][] {
  if (count === 1) return text.length >= least && text.length <= most ? [[text]] : []
  const even = Math.round(text.length / count)
  const all: string[][] = []
  const longest = Math.min(most, even + UNEVEN)
  for (let length = Math.max(least, even - UNEVEN); length <= longest; length += 1)
    for (const rest of cuts(text.slice(length), count - 1, { least, most }))
      all.push([text.slice(0, length), ...rest])
  return all
}
