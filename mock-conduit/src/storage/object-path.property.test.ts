import { posix } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diskPath } from './disk-path.ts'
import { objectPath } from './object-path.ts'

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

test('the disk keeps an object where its path leads, and what does not climb where the S3 dialect does', () => {
  const root = '/a/b/c/d/e/f/g/h/i/j'
  fc.assert(
    fc.property(container, name, (within, fileName) => {
      const path = diskPath({ container: within, fileName })
      fc.pre(fileName !== within)
      expect(posix.resolve(root, path)).toBe(posix.resolve(root, `${within}/${fileName}`))
      if (!fileName.includes('..')) expect(path).toBe(objectPath(within, fileName))
    }),
    runs,
  )
})
