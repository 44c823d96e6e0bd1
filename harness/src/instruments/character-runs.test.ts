import fc from 'fast-check'
import { expect, it } from 'vitest'
import { alphabetOf, runsOf } from './character-runs.ts'

const HEX = alphabetOf('0123456789abcdefABCDEF')

it('finds what a regular expression finds', () => {
  const text = fc.string({
    unit: fc.constantFrom('0', 'a', 'F', '9', 'g', '-', 'é', '文'),
    maxLength: 60,
  })
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 5 }), (some, least) => {
      expect(runsOf(some, HEX, { least, most: 1000 })).toEqual(
        some.match(new RegExp(`[0-9a-f]{${least},}`, 'gi')) ?? [],
      )
    }),
  )
})

it('gives no more than it is asked for', () => {
  expect(runsOf('aa bb cc', HEX, { least: 2, most: 2 })).toEqual(['aa', 'bb'])
})
