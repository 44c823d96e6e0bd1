import { expect, test } from 'vitest'
import { compileParams, type FieldMap, ParamsRefused } from './params.ts'

function refusal(
  fields: FieldMap,
  section: 'body' | 'query',
  params: Record<string, unknown>,
): string {
  try {
    compileParams(fields, section)(params)
  } catch (error) {
    if (error instanceof ParamsRefused) return error.message
    throw error
  }
  return 'accepted'
}

test('only required: true makes a field mandatory', () => {
  expect(compileParams({ a: 'String', b: { type: 'Number' }, c: ['String'] }, 'body')({})).toEqual(
    {},
  )
  expect(refusal({ a: { type: 'String', required: true } }, 'body', {})).toBe(
    'a: Invalid input: expected string, received undefined',
  )
})

test('null is refused for an optional field', () => {
  expect(refusal({ a: 'String' }, 'body', { a: null })).toBe(
    'a: Invalid input: expected string, received null',
  )
})

test('unknown keys are stripped at every depth', () => {
  const fields = { nest: { a: 'String' } }
  expect(compileParams(fields, 'body')({ nest: { a: 'x', b: 1 }, other: 2 })).toEqual({
    nest: { a: 'x' },
  })
})

test('bodies are not coerced', () => {
  expect(
    refusal({ n: 'Number', b: 'Boolean', l: ['String'] }, 'body', { n: '5', b: 'true', l: 'x' }),
  ).toBe(
    'n: Invalid input: expected number, received string; b: Invalid input: expected boolean, received string; l: Invalid input: expected array, received string',
  )
})

test('query values are coerced: an empty number is 0, any text is true, a single value becomes a list', () => {
  const parse = compileParams(
    { n: 'Number', yes: 'Boolean', no: 'Boolean', l: ['String'] },
    'query',
  )
  expect(parse({ n: '', yes: 'false', no: '', l: 'x' })).toEqual({
    n: 0,
    yes: true,
    no: false,
    l: ['x'],
  })
  expect(refusal({ n: 'Number' }, 'query', { n: 'abc' })).toBe(
    'n: Invalid input: expected number, received NaN',
  )
})

test('dates need time and zone', () => {
  expect(refusal({ d: 'Date' }, 'body', { d: '2024-01-02' })).toBe('d: Invalid ISO datetime')
  expect(compileParams({ d: 'Date' }, 'body')({ d: '2024-01-02T03:04:05+02:00' })).toEqual({
    d: '2024-01-02T03:04:05+02:00',
  })
})

test('a JSON field takes objects, arrays and text that holds them, and no keys that reach a prototype', () => {
  const parse = compileParams({ meta: { type: 'JSON' } }, 'body')
  expect(parse({ meta: '{"a":[1]}' })).toEqual({ meta: { a: [1] } })
  expect(parse({ meta: ' ' })).toEqual({ meta: undefined })
  for (const meta of ['zzz', 5, null, '5', '{"__proto__":{"a":1}}'])
    expect(refusal({ meta: { type: 'JSON' } }, 'body', { meta })).toBe('meta: Invalid input')
})

test('validate options hold, with their own message', () => {
  const fields = {
    s: { type: 'String', validate: { minLength: 3, message: 'too short' } },
    n: { type: 'Number', validate: { integer: true, max: 5 } },
  }
  expect(refusal(fields, 'body', { s: 'ab', n: 1.5 })).toBe(
    's: too short; n: Invalid input: expected int, received number',
  )
  expect(refusal(fields, 'body', { s: 'abc', n: 6 })).toBe('n: Too big: expected number to be <=5')
})

test('an issue names its place', () => {
  expect(refusal({ tags: ['String'] }, 'body', { tags: ['a', 1] })).toBe(
    'tags.1: Invalid input: expected string, received number',
  )
})
