import { Buffer } from 'node:buffer'
import { randomBytes } from 'node:crypto'
import { inspect } from 'node:util'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createCanaryRegistry } from './canary-registry.ts'
import { describeLeak, scan, TOKENS } from './canary-scan.ts'

const header = 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9'
const payload = Buffer.from(
  JSON.stringify({
    id: '0b7c2f0e-8b1f-4a86-9b55-0a8b0f1c2d3e',
    authorized: true,
    sudo: true,
    iat: 1,
    exp: 2,
  }),
).toString('base64url')
const signature = 'Gx8wQ2nLr5TzYp1KdVb7MhCf3JsA9uEoRi6NqXt4BkW'
const access = `${header}.${payload}.${signature}`
const refresh =
  'q83v/+Zk3q9V1hYt7uWmX0c+Rb5sLd2PpN8eJgQaTfKyHoIvUwAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGw=='

function setup() {
  const registry = createCanaryRegistry()
  registry.add({ kind: 'access', owner: 'alice@example.test', generation: 2, value: access })
  registry.add({ kind: 'refresh', owner: 'alice@example.test', generation: 2, value: refresh })
  const leaksIn = (text: string) =>
    scan(registry, [{ where: 'body', text }], TOKENS).map(describeLeak)
  return { registry, leaksIn }
}

const b64 = (text: string) => Buffer.from(text).toString('base64')
const base32 = (text: string) =>
  [...Buffer.from(text)]
    .map((byte) => byte.toString(2).padStart(8, '0'))
    .join('')
    .match(/.{1,5}/g)
    ?.map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('') ?? ''
const hidden: Record<string, string> = {
  raw: `{"token":"${access}"}`,
  'percent-encoded once': `?t=${encodeURIComponent(refresh)}`,
  'percent-encoded twice': encodeURIComponent(encodeURIComponent(refresh)),
  base64: b64(access),
  'base64 one byte later': b64(`x${refresh}`),
  'base64 two bytes later': b64(`xy${refresh}`),
  'base64 glued to a prefix': `ab/${b64(JSON.stringify({ t: refresh }))}`,
  base64url: Buffer.from(JSON.stringify({ at: access })).toString('base64url'),
  'base64 in base64': b64(b64(refresh)),
  'JSON in base64 in percent': encodeURIComponent(b64(JSON.stringify({ refresh }))),
  hex: Buffer.from(access).toString('hex'),
  '\\u escapes': Array.from(refresh)
    .map((char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`)
    .join(''),
  'JSON escaped slashes': JSON.stringify(refresh).replaceAll('/', '\\/'),
  'HTML entities': Array.from(access)
    .map((char) => `&#${String(char.codePointAt(0))};`)
    .join(''),
  'hex HTML entities': refresh
    .replaceAll('+', '&#x2b;')
    .replaceAll('/', '&#x2F;')
    .replaceAll('=', '&#x3D;'),
  'the signature alone': `sig=${signature}`,
  'the payload alone': payload,
  '16 characters of the signature': `x-debug: ${signature.slice(9, 25)}`,
  '16 characters of the refresh token': refresh.slice(31, 47),
  reversed: Array.from(access).reverse().join(''),
  'gzip in base64': gzipSync(JSON.stringify({ access })).toString('base64'),
  'raw deflate in base64url': deflateRawSync(JSON.stringify({ refresh })).toString('base64url'),
  'brotli in base64': brotliCompressSync(JSON.stringify({ refresh })).toString('base64'),
  'broken into lines': b64(access).replace(/(.{40})/g, '$1\n'),
  'the JSON of a Buffer': JSON.stringify({ token: Buffer.from(access) }),
  'the JSON of a typed array': JSON.stringify(Uint8Array.from(Buffer.from(refresh))),
  'a printed Buffer': inspect(Buffer.from(refresh)),
  'a hex dump with colons': Buffer.from(access).toString('hex').match(/../g)?.join(':') ?? '',
  base32: base32(access),
  'UTF-16 in base64': Buffer.from(refresh, 'utf16le').toString('base64'),
  'deflate in hex': deflateSync(JSON.stringify({ refresh })).toString('hex'),
}

describe('scan', () => {
  for (const [name, text] of Object.entries(hidden))
    it(`finds a token hidden as ${name}`, () => {
      expect(setup().leaksIn(`before ${text} after`)).toHaveLength(1)
    })

  it('names what was found, whose it is, where and how', () => {
    expect(setup().leaksIn(b64(access))).toEqual(['⟨AT2 alice⟩ in body (base64-decoded)'])
  })

  it('takes no offence at the constant header, the user id, 15 characters or noise', () => {
    const { leaksIn } = setup()
    expect(
      leaksIn(
        `${header}.${b64('{"id":"0b7c2f0e-8b1f-4a86-9b55-0a8b0f1c2d3e","role":"own"}')}.${'A'.repeat(43)}`,
      ),
    ).toEqual([])
    expect(leaksIn('0b7c2f0e-8b1f-4a86-9b55-0a8b0f1c2d3e')).toEqual([])
    expect(leaksIn(signature.slice(0, 15))).toEqual([])
    expect(leaksIn(randomBytes(200_000).toString('latin1'))).toEqual([])
    expect(leaksIn(JSON.stringify(randomBytes(20_000)))).toEqual([])
  })

  it('redacts secrets into their labels', () => {
    expect(setup().registry.redact(`Bearer ${access} and ${signature}`)).toEqual(
      'Bearer ⟨AT2 alice⟩ and ⟨AT2 alice⟩',
    )
  })
})
