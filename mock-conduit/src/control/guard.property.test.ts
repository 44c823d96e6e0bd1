import fc from 'fast-check'
import { expect, test } from 'vitest'
import { admitControl } from './guard.ts'
import { ControlError } from './control-error.ts'

const runs = { seed: 20260106, numRuns: 2_000 }
const loopback = ['localhost', '127.0.0.1', '[::1]'] as const
const port = fc.constantFrom('', ':3000', ':80')

/** Names that look like loopback to a careless eye. */
const lookalike = fc
  .tuple(
    fc.constantFrom(...loopback),
    fc.constantFrom('.evil.test', 'x', '-', '.', '@evil.test', '%00', ',localhost.evil'),
    fc.boolean(),
  )
  .map(([name, extra, before]) => (before ? `evil${extra}.${name}.test` : `${name}${extra}`))
const foreign = fc.oneof(
  lookalike.filter((name) => !(name === '127.0.0.1.' || name === '[::1].')),
  fc.domain(),
  fc.ipV4().filter((address) => address !== '127.0.0.1'),
  fc.constantFrom('0.0.0.0', '192.168.0.1', '[::]', '[::2]', 'null', '', ' '),
)

function refusalOf(headers: Record<string, string>, token?: string): string | undefined {
  try {
    admitControl(new Request('http://localhost/__mock/reset', { headers }), token)
    return undefined
  } catch (error) {
    return error instanceof ControlError ? error.code : String(error)
  }
}

test('a Host other than loopback is refused, however close it looks', () => {
  fc.assert(
    fc.property(foreign, port, (host, at) => {
      expect(refusalOf({ host: host + at })).toBe('FOREIGN_HOST')
    }),
    runs,
  )
})

test('pages of other origins are refused, opaque ones as well', () => {
  fc.assert(
    fc.property(
      foreign,
      port,
      fc.constantFrom('http://', 'https://', ''),
      fc.constantFrom(...loopback),
      (origin, at, scheme, host) => {
        expect(refusalOf({ host, origin: scheme + origin + at })).toBe('FOREIGN_ORIGIN')
      },
    ),
    runs,
  )
})

test('loopback names are admitted on any port, with pages of loopback or none', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...loopback),
      fc.constantFrom(...loopback),
      port,
      port,
      (host, page, at, pageAt) => {
        expect(refusalOf({ host: host + at })).toBe(undefined)
        expect(refusalOf({ host: host + at, origin: `http://${page}${pageAt}` })).toBe(undefined)
      },
    ),
    runs,
  )
})

test('with a control token nothing but the token counts', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), (given) => {
      const sent = given.replace(/[^\x21-\x7e]/g, '')
      fc.pre(sent !== 'right')
      expect(refusalOf({ host: 'localhost', 'x-mock-token': sent }, 'right')).toBe('TOKEN_NEEDED')
      expect(refusalOf({ host: 'evil.test', 'x-mock-token': 'right' }, 'right')).toBe(undefined)
    }),
    { ...runs, numRuns: 200 },
  )
})
