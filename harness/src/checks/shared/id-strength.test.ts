import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { expect, it } from 'vitest'
import { derivationOf, variedBits } from './id-strength.ts'

const many = (make: (index: number) => string) => Array.from({ length: 200 }, (_, at) => make(at))

it('counts what varies, and nothing else', () => {
  expect(variedBits(many(() => randomBytes(16).toString('hex')))).toEqual(128)
  expect(variedBits(many(() => randomUUID()))).toEqual(122)
  expect(variedBits(many(() => randomBytes(16).toString('base64url')))).toBeGreaterThan(120)
  expect(variedBits(many(() => `a-long-prefix-${randomBytes(6).toString('hex')}`))).toEqual(48)
  expect(variedBits(many((at) => `${'0'.repeat(40)}${String(at + 1000)}`))).toBeLessThan(12)
})

it('finds what follows from user and time', () => {
  const known = { user: { id: 'u-1', email: 'ann@example.test' }, from: 1_000_000, to: 1_000_080 }
  const digest = (algorithm: string, text: string) => createHash(algorithm).update(text).digest()
  const found = [
    derivationOf(`s:${digest('md5', 'ann@example.test:1000042').toString('hex')}`, known),
    derivationOf(digest('sha256', '1000000').toString('base64url'), known),
    derivationOf(digest('sha1', '17').toString('hex'), known),
    derivationOf(randomBytes(32).toString('hex'), known),
  ]
  expect(found).toEqual([
    'md5 of e-mail and milliseconds',
    'sha256 of milliseconds',
    'sha1 of a counter',
    undefined,
  ])
})
