import { expect, test } from 'vitest'
import { defaultConfig } from '../world/config.ts'
import { preflight } from './cross-origin.ts'
import { commonHeaders } from './headers.ts'

const cors = defaultConfig.router.cors
const asked = (patch: Partial<typeof cors>, requested?: string) =>
  new Map(
    preflight(
      { ...cors, ...patch },
      { origin: 'http://a.example', 'access-control-request-headers': requested },
    )?.headers,
  )

test('without allowed headers of its own a preflight allows those that are asked for', () => {
  const reflected = asked({ allowedHeaders: '', origin: 'http://a.example' }, 'x-one, x-two')
  expect(reflected.get('Access-Control-Allow-Headers')).toBe('x-one, x-two')
  expect(reflected.get('Vary')).toBe('Origin, Access-Control-Request-Headers')
  const unasked = asked({ allowedHeaders: '' })
  expect(unasked.has('Access-Control-Allow-Headers')).toBe(false)
  expect(unasked.get('Vary')).toBe('Access-Control-Request-Headers')
})

test('with allowed headers of its own a preflight names those and varies by origin alone', () => {
  const answer = asked({ origin: 'http://a.example' }, 'x-one')
  expect(answer.get('Access-Control-Allow-Headers')).toBe(cors.allowedHeaders)
  expect(answer.get('Vary')).toBe('Origin')
  expect(asked({}, 'x-one').has('Vary')).toBe(false)
})

test('an empty list of exposed headers is no header', () => {
  expect(asked({ exposedHeaders: '' }).has('Access-Control-Expose-Headers')).toBe(false)
  const common = new Map(commonHeaders({ ...cors, exposedHeaders: '' }, undefined))
  expect(common.has('Access-Control-Expose-Headers')).toBe(false)
  expect(new Map(commonHeaders(cors, undefined)).get('Access-Control-Expose-Headers')).toBe(
    cors.exposedHeaders,
  )
})
