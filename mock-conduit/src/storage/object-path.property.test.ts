import fc from 'fast-check'
import { expect, test } from 'vitest'
import { objectPath, objectPathOf } from './object-path.ts'

const runs = { seed: 20260105, numRuns: 5_000 }
const container = fc.constantFrom('conduit', 'con', 'other', 'pub')
const name = fc
  .array(
    fc.constantFrom(
      '..',
      '.',
      '',
      'a',
      'con',
      'other',
      '/',
      '//',
      '...',
      '%2e%2e',
      '\\',
      '\0',
      ' ..',
    ),
    { maxLength: 7 },
  )
  .map((parts) => parts.join('/'))

/** A path that names what it says: no dots left to resolve. */
function isPlain(path: string): boolean {
  return path.split('/').every((part) => part !== '..' && part !== '.')
}

test('objects of two containers never share a path, whatever they are called', () => {
  fc.assert(
    fc.property(container, name, container, name, (one, nameOfOne, two, nameOfTwo) => {
      fc.pre(one !== two)
      expect(objectPath(one, nameOfOne)).not.toBe(objectPath(two, nameOfTwo))
    }),
    runs,
  )
})

test('a path with its dots resolved lies in its container; one that would not keeps them', () => {
  fc.assert(
    fc.property(container, name, (within, fileName) => {
      const path = objectPath(within, fileName)
      expect(path === within || path.startsWith(`${within}/`)).toBe(true)
      if (!isPlain(path)) expect(path).toBe(`${within}/${fileName}`)
    }),
    runs,
  )
})

test('a path from a URL reaches objects of the container it starts with only', () => {
  fc.assert(
    fc.property(container, name, container, name, (asked, rest, held, nameOfHeld) => {
      fc.pre(asked !== held)
      expect(objectPathOf(`${asked}/${rest}`)).not.toBe(objectPath(held, nameOfHeld))
    }),
    runs,
  )
})
