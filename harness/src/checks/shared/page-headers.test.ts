import { describe, expect, it } from 'vitest'
import type { HeaderList } from '../../instruments/http-exchange.ts'
import { missingHeaders } from './page-headers.ts'

const POLICY = "script-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'"
const headers = (policy: string, more: HeaderList = []): HeaderList => [
  ['Content-Security-Policy', policy],
  ['Referrer-Policy', 'no-referrer'],
  ['Cross-Origin-Opener-Policy', 'same-origin'],
  ['Strict-Transport-Security', 'max-age=31536000; includeSubDomains'],
  ...more,
]

describe('missingHeaders', () => {
  it('finds nothing where all is there', () => {
    expect(missingHeaders(headers(POLICY), true)).toEqual([])
  })

  it('takes an inline script that a nonce names', () => {
    const policy = POLICY.replace(
      "'self'",
      "'self' 'unsafe-inline' 'nonce-abc' 'strict-dynamic' https:",
    )
    expect(missingHeaders(headers(policy), true)).toEqual([])
  })

  it('takes what several policies hold together', () => {
    const [first, ...rest] = POLICY.split('; ')
    const more: HeaderList = [['content-security-policy', rest.join('; ')]]
    expect(missingHeaders(headers(first ?? '', more), true)).toEqual([])
  })

  it.each([
    [
      POLICY.replace("'self'", "'self' 'unsafe-inline'"),
      'a script-src of nonces, hashes or named origins',
    ],
    [POLICY.replace("'self'", "'self' https:"), 'a script-src of nonces, hashes or named origins'],
    [POLICY.replace("object-src 'none'", "object-src 'self'"), "object-src 'none'"],
    [POLICY.replace("base-uri 'none'; ", ''), "base-uri 'none'"],
    [POLICY.replace("frame-ancestors 'none'", 'frame-ancestors *'), 'frame-ancestors'],
  ])('finds what is missing in %s', (policy, missing) => {
    expect(missingHeaders(headers(policy), true)).toEqual([missing])
  })

  it('asks for HSTS over HTTPS only', () => {
    const plain = headers(POLICY).filter(([name]) => name !== 'Strict-Transport-Security')
    expect(missingHeaders(plain, false)).toEqual([])
    expect(missingHeaders(plain, true)).toEqual(['Strict-Transport-Security of a year'])
  })
})
