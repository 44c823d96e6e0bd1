import { expect, test } from 'vitest'
import { splitTarget } from './target.ts'

test.each([
  ['/a?b=1?c', { path: '/a', query: 'b=1?c' }],
  [`/it's{`, { path: `/it's{`, query: '' }],
  ['/a?b=1#c?d', { path: '/a', query: 'b=1' }],
  ['/a#c?d', { path: '/a', query: '' }],
  [`/it's{a\\b?c\\d#`, { path: '/it%27s%7Ba/b', query: 'c%5Cd' }],
  ['http://host:80/a?b=1#c', { path: '/a', query: 'b=1' }],
  ['HTTP://u:p@host?b', { path: '/', query: 'b' }],
  ['http://host', { path: '/', query: '' }],
  ['http:/a', { path: 'http:/a', query: '' }],
  ['*', { path: '*', query: '' }],
])('%s', (target, expected) => {
  expect(splitTarget(target)).toEqual(expected)
})
