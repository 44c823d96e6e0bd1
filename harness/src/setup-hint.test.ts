import { expect, it } from 'vitest'
import type { Exchange } from './instruments/http-exchange.ts'
import { setupHint } from './setup-hint.ts'

const answer = (status: number): Exchange => ({
  call: { method: 'POST', path: '/x', headers: [['Origin', 'https://app.test']] },
  base: 'http://127.0.0.1:1',
  startedAt: 0,
  endedAt: 0,
  status,
  statusText: '',
  headers: [],
  trailers: [],
  early: [],
  rawBody: Buffer.alloc(0),
})

it('names the key of the target file that each refusal points to', () => {
  expect(setupHint(answer(404), 'login')).toContain('method and path of routes.login')
  expect(setupHint(answer(403), 'create')).toContain(
    'session.csrf, or origin (sent Origin: https://app.test)',
  )
  expect(setupHint(answer(415), 'create')).toContain('json or form of routes.create')
  expect(setupHint(answer(401), 'login')).toContain('start.env')
  expect(setupHint(answer(401), 'list')).toContain('session.cookie')
  expect(setupHint(answer(502), 'list')).toContain('start.env')
  expect(setupHint({ ...answer(0), failure: 'reset' }, 'list')).toContain('not whole')
})
