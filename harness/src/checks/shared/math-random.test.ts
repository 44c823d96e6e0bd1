import { randomBytes, randomInt, randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { isMathRandom } from './math-random.ts'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'
type Below = (count: number) => number
const weak: Below = (count) => Math.floor(Math.random() * count)
const strong: Below = (count) => randomInt(count)

const times = (count: number, draw: () => string) => Array.from({ length: count }, draw).join('')

/** Ways in which programs make ids. */
const ways: Readonly<Record<string, (below: Below) => string>> = {
  'hexadecimal digits': (below) => times(32, () => below(16).toString(16)),
  'bytes in hexadecimal': (below) => times(32, () => below(256).toString(16).padStart(2, '0')),
  'bytes in Base64': (below) =>
    Buffer.from(Array.from({ length: 32 }, () => below(256))).toString('base64url'),
  'words in hexadecimal': (below) =>
    times(4, () =>
      below(2 ** 32)
        .toString(16)
        .padStart(8, '0'),
    ),
  'characters of an alphabet': (below) => times(40, () => ALPHABET.charAt(below(62))),
  'a UUID by its pattern': (below) =>
    'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) => {
      const digit = below(16)
      return (place === 'x' ? digit : (digit & 3) | 8).toString(16)
    }),
}
const six = (make: () => string) => Array.from({ length: 6 }, make)

for (const [about, way] of Object.entries(ways)) {
  it(`knows Math.random in ${about}, also signed and with other numbers drawn between`, () => {
    expect(isMathRandom(six(() => way(weak)))).toBe(true)
    const signed = six(() => {
      for (let other = 0; other < 5; other += 1) Math.random()
      return `s:${way(weak)}.${randomBytes(32).toString('base64')}`
    })
    expect(isMathRandom(signed)).toBe(true)
  })

  it(`takes ${about} from a generator for secrets for what they are`, () => {
    expect(isMathRandom(six(() => way(strong)))).toBe(false)
  })
}

it('knows fractions of Math.random one behind another', () => {
  for (const radix of [16, 36]) {
    const ids = six(() => times(3, () => Math.random().toString(radix).slice(2)))
    expect(isMathRandom(ids), `radix ${radix}`).toBe(true)
  }
})

it('finds nothing in random values of other forms', () => {
  expect(isMathRandom(six(() => randomUUID()))).toBe(false)
  expect(isMathRandom(six(() => randomBytes(18).toString('base64url')))).toBe(false)
  expect(isMathRandom(six(() => randomBytes(300).toString('base64url')))).toBe(false)
  expect(isMathRandom(['short', ''])).toBe(false)
})
