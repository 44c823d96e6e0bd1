import { expect, test } from 'vitest'
import { postQuery } from '@/lib/models/post-query'

const read = (query: string) => postQuery(new URLSearchParams(query))

test('reads page, term and author, and nothing else', () => {
  expect(read('page=3&q=bread&limit=9999&scope=Team:x')).toEqual({
    page: 3,
    term: 'bread',
    authorId: undefined,
  })
  expect(read('')).toEqual({ page: 1, term: undefined, authorId: undefined })
})

test.each(['page=0', 'page=x', 'q=a,b', 'author=1'])('refuses %s', (query) => {
  expect(() => read(query)).toThrow()
})
