import { expect, it } from 'vitest'
import type { Exchange } from './instruments/http-exchange.ts'
import { minimalTarget } from '../test/target-samples.ts'
import { setupHint, type HintFacts } from './setup-hint.ts'
import { parseTarget } from './target/read-target.ts'

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

const target = parseTarget(minimalTarget)
const hint = (given: Exchange, route: string, facts: Partial<HintFacts> = {}) =>
  setupHint(given, route, { target, ...facts })

it('names the key of the target file that each refusal points to', () => {
  expect(hint(answer(404), 'login')).toContain('path of routes.login')
  expect(hint({ ...answer(405), headers: [['Allow', 'GET']] }, 'logout')).toContain(
    'not take POST there but GET: correct the method of routes.logout',
  )
  expect(hint(answer(403), 'create')).toContain(
    'session.csrf (now none), or origin (sent Origin: https://app.test)',
  )
  expect(hint(answer(415), 'create')).toContain('json or form of routes.create')
  expect(hint(answer(401), 'login')).toContain('start.env')
  expect(hint(answer(401), 'list')).toContain('the session')
  expect(hint(answer(502), 'list')).toContain('start.env')
  expect(hint(answer(429), 'login')).toContain('start.env')
  expect(hint({ ...answer(0), failure: 'reset' }, 'list')).toContain('not whole')
  expect(hint({ ...answer(0), failure: 'no answer in time' }, 'list')).toContain('policy.deadline')
})

it('says whose fault it is by what reached the backend', () => {
  expect(hint(answer(502), 'login', { upstream: [] })).toContain(
    '{{backend.url}} (now CONDUIT_URL)',
  )
  expect(hint(answer(500), 'login', { upstream: ['POST /authentication/local'] })).toContain(
    '{{vault.url}}',
  )
  expect(hint(answer(502), 'preview', { upstream: ['GET /storage/getFileUrl/:id'] })).toContain(
    '{{storage.url}}',
  )
  const urls = (start: object) =>
    parseTarget({ ...minimalTarget, start: { urls: ['http://127.0.0.1:1'], ...start } })
  expect(hint(answer(502), 'login', { upstream: [], target: urls({}) })).toContain(
    'give start.backendPorts',
  )
  expect(
    hint(answer(502), 'login', { upstream: [], target: urls({ backendPorts: [3000] }) }),
  ).toContain('on port 3000 of 127.0.0.1')
})

it('says which part of the CSRF proof is missing', () => {
  const withCsrf = (csrf: object) => parseTarget({ ...minimalTarget, session: { csrf } })
  const seen: Exchange = {
    ...answer(404),
    call: { method: 'GET', path: '/csrf', headers: [] },
    headers: [['Set-Cookie', 'xsrf=1; Path=/']],
  }
  expect(
    hint(answer(403), 'login', {
      target: withCsrf({ cookie: 'XSRF-TOKEN', header: 'x-xsrf' }),
      exchanges: [seen],
    }),
  ).toContain('No answer set the cookie XSRF-TOKEN of session.csrf (set were: xsrf)')
  expect(
    hint(answer(403), 'login', {
      target: withCsrf({ get: '/csrf', json: '$.token', header: 'x' }),
      exchanges: [seen],
    }),
  ).toContain('GET /csrf answered 404 without a text at $.token')
})
