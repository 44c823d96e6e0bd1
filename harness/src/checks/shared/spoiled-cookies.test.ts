import { expect, it } from 'vitest'
import { spoiledValues } from './spoiled-cookies.ts'

const GOOD = 's%3A3f2c9a7e-1b6d-4e0f-8a52-0c9d7e6f5a4b.Q29va2llU2lnbmF0dXJlT2ZBU2Vzc2lvbg'
const ANOTHER = 's%3A7d0e4b11-9c3a-4f7e-b210-5e8a6c1d2f90.T3RoZXJTaWduYXR1cmVPZkFTZXNzaW9u'

it('makes values of every kind, none of them the good one', () => {
  const values = spoiledValues(GOOD, ANOTHER)
  const kinds = values.map(({ kind }) => kind)
  expect([...new Set(kinds)]).toEqual([
    'garbage',
    'cut off',
    'changed',
    'empty',
    'too long',
    'of another deployment',
  ])
  expect(values.map(({ value }) => value)).not.toContain(GOOD)
  expect(kinds.filter((kind) => kind === 'changed')).toHaveLength(20)
})

it('changes one character, which is not the last of its run', () => {
  for (const { value } of spoiledValues(GOOD, ANOTHER).filter(({ kind }) => kind === 'changed')) {
    const places = Array.from(value).flatMap((character, at) =>
      character === GOOD[at] ? [] : [at],
    )
    expect(places).toHaveLength(1)
    expect(GOOD.slice((places[0] ?? 0) + 1)).toMatch(/^[A-Za-z0-9]{3}/)
  }
})

it('cuts off more than padding, and keeps the shape of what looks alike', () => {
  for (const { kind, value } of spoiledValues(GOOD, ANOTHER)) {
    if (kind === 'cut off') expect(value.length).toBeLessThan(GOOD.length * 0.8)
    if (kind === 'of another deployment') expect(value).toMatch(/^s%3A.{36}\..{34}$/)
  }
})
