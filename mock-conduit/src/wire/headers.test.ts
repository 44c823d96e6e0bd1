import { expect, test } from 'vitest'
import { defaultConfig } from '../world/config.ts'
import { commonHeaders, preflightHeaders } from './headers.ts'

const cors = defaultConfig.router.cors
const preflight = (patch: Partial<typeof cors>, requested?: string) =>
  new Map(preflightHeaders({ ...cors, ...patch }, { origin: 'http://a.example', requested }))

test('without allowed headers of its own a preflight allows those that are asked for', () => {
  const asked = preflight({ allowedHeaders: '', origin: 'http://a.example' }, 'x-one, x-two')
  expect(asked.get('Access-Control-Allow-Headers')).toBe('x-one, x-two')
  expect(asked.get('Vary')).toBe('Origin, Access-Control-Request-Headers')
  const unasked = preflight({ allowedHeaders: '' })
  expect(unasked.has('Access-Control-Allow-Headers')).toBe(false)
  expect(unasked.get('Vary')).toBe('Access-Control-Request-Headers')
})

test('with allowed headers of its own a preflight names those and varies by origin alone', () => {
  const answer = preflight({ origin: 'http://a.example' }, 'x-one')
  expect(answer.get('Access-Control-Allow-Headers')).toBe(cors.allowedHeaders)
  expect(answer.get('Vary')).toBe('Origin')
  expect(preflight({}, 'x-one').has('Vary')).toBe(false)
})

test('an empty list of exposed headers is no header', () => {
  expect(preflight({ exposedHeaders: '' }).has('Access-Control-Expose-Headers')).toBe(false)
  const common = new Map(commonHeaders({ ...cors, exposedHeaders: '' }, undefined))
  expect(common.has('Access-Control-Expose-Headers')).toBe(false)
  expect(new Map(commonHeaders(cors, undefined)).get('Access-Control-Expose-Headers')).toBe(
    cors.exposedHeaders,
  )
})
