import { describe, expect, it } from 'vitest'
import { hasClimbed } from './hostile-paths.ts'

describe('hasClimbed', () => {
  for (const path of [
    '/database/../authentication/user',
    '/database/%2E%2e/x',
    '/database/..?skip=0',
    '/bffc-climbed',
    '/a/bffc-climbed?b=1',
  ])
    it(`sees ${path}`, () => {
      expect(hasClimbed(path)).toBe(true)
    })

  // The yarl of Python leaves slashes in a query as they are.
  for (const path of [
    '/database/function/SearchPosts?term=../../bffc-climbed',
    '/database/function/SearchPosts?term=a/../b',
    '/storage/getFileUrl/..%2F..%2Fbffc-climbed',
    '/storage/getFileUrl/...',
  ])
    it(`lets ${path} pass`, () => {
      expect(hasClimbed(path)).toBe(false)
    })
})
