import { expect, it } from 'vitest'
import type { HeaderList } from '../../instruments/http-exchange.ts'
import { scriptRisk } from './content-policy.ts'

const risky = (type: string, ...more: HeaderList) =>
  scriptRisk([['Content-Type', type], ...more]) !== undefined

const csp = (value: string): [string, string] => ['Content-Security-Policy', value]

it('knows what keeps script from running', () => {
  expect(risky('text/html; charset=utf-8')).toEqual(true)
  expect(risky('image/svg+xml', ['Content-Disposition', 'inline'])).toEqual(true)
  expect(risky('text/html', csp('default-src none'))).toEqual(true)
  expect(risky('text/html', csp('sandbox allow-scripts allow-same-origin'))).toEqual(true)
  expect(risky('text/html', csp("default-src 'none'; script-src 'self'"))).toEqual(true)
  expect(risky('text/html', csp("frame-ancestors 'none'"))).toEqual(true)
})

it('lets harmless answers pass', () => {
  expect(risky('image/png')).toEqual(false)
  expect(risky('text/html', ['Content-Disposition', 'attachment; filename="x"'])).toEqual(false)
  expect(risky('image/svg+xml', csp("default-src 'none'; sandbox"))).toEqual(false)
  expect(risky('image/svg+xml', csp('sandbox'))).toEqual(false)
  expect(risky('text/html', csp("default-src 'self'"), csp("script-src 'none'"))).toEqual(false)
})
