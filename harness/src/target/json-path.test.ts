import { expect, it } from 'vitest'
import { readJsonPath } from './json-path.ts'

it('reads members, indexes, quoted names and stars', () => {
  const value = { a: { b: [{ id: 1 }, { id: 2 }] }, 'odd name': true }
  expect(readJsonPath(value, '$')).toEqual(value)
  expect(readJsonPath(value, '$.a.b[1].id')).toEqual(2)
  expect(readJsonPath(value, "$['odd name']")).toEqual(true)
  expect(readJsonPath(value, '$.a.b[*].id')).toEqual([1, 2])
  expect(readJsonPath(value, '$.nope.deeper')).toEqual(undefined)
})

it('refuses what is not a path', () => {
  expect(() => readJsonPath({}, '$a')).toThrow(
    new SyntaxError('"$a" is not a path such as $.items or $.data[0].id.'),
  )
})
