import fc from 'fast-check'

/** Texts that have broken servers before. */
const known = [
  '',
  ' ',
  '\0',
  'a\0b',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  '../../etc/passwd',
  '..\\..\\windows',
  '%2e%2e%2f',
  '%',
  '_',
  '\\',
  '%_%_%_%_%_%_%_%_%',
  '%'.repeat(60),
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e309',
  '9223372036854775808',
  '2024-13-45',
  '2024-01-01T00:00:00.000Z',
  "' OR 1=1 --",
  '"; DROP TABLE x',
  '<script>alert(1)</script>',
  '{{run}}',
  '[object Object]',
  '\ud800',
  '𝒳😀',
  'a'.repeat(300),
  'a'.repeat(5_000),
  '-createdAt',
  '-',
  'a.b.c',
  'author.',
  '.author',
  'author.__proto__',
]

/** Lone surrogates, which neither a URL nor UTF-8 can hold, replaced. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd')
}

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...known) },
  { weight: 2, arbitrary: fc.string({ maxLength: 12 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
)

export const hostileNumber: fc.Arbitrary<number> = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 25, 0.5, 1e21, 1e308, 2 ** 31, 2 ** 53, 2 ** 63, -(2 ** 63)),
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)

const hostileKey = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constantFrom('__proto__', 'constructor', 'prototype', '', '$ne', '_id'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
)

/** Any JSON text's value, written as text by `jsonText`, so that `__proto__` stays a key. */
export type Loose =
  | { kind: 'leaf'; value: string | number | boolean | null }
  | { kind: 'list'; of: Loose[] }
  | { kind: 'object'; of: [key: string, value: Loose][] }
  | { kind: 'deep'; depth: number; list: boolean }

export const leaf: fc.Arbitrary<Loose> = fc
  .oneof(hostileText, hostileNumber, fc.boolean(), fc.constant(null))
  .map((value) => ({ kind: 'leaf', value }))

export const looseValue: fc.Arbitrary<Loose> = fc.letrec<{ value: Loose }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    { weight: 6, arbitrary: leaf },
    {
      weight: 2,
      arbitrary: fc
        .array(tie('value'), { maxLength: 3 })
        .map((of): Loose => ({ kind: 'list', of })),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(fc.tuple(hostileKey, tie('value')), { maxLength: 3 })
        .map((of): Loose => ({ kind: 'object', of })),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('deep' as const),
        depth: fc.constantFrom(40, 900, 6_000),
        list: fc.boolean(),
      }),
    },
  ),
})).value

/** JSON as sent. */
export function jsonText(value: Loose): string {
  switch (value.kind) {
    case 'leaf':
      return JSON.stringify(value.value)
    case 'list':
      return `[${value.of.map(jsonText).join(',')}]`
    case 'object':
      return `{${value.of.map(([key, each]) => `${JSON.stringify(key)}:${jsonText(each)}`).join(',')}}`
    case 'deep':
      return value.list
        ? '['.repeat(value.depth) + ']'.repeat(value.depth)
        : `${'{"a":'.repeat(value.depth)}1${'}'.repeat(value.depth)}`
  }
}
