import { describe, expect, it } from 'vitest'
import type { TargetInput } from '../src/index.ts'
import { runTarget } from './run-target.ts'
import { plainTarget } from './target-controls.ts'

const IDS = [
  'VAULT-01',
  'VAULT-08',
  'VAULT-13',
  'REFRESH-01',
  'REFRESH-02',
  'REFRESH-03',
  'REFRESH-04',
  'REFRESH-06',
  'REFRESH-10',
  'REFRESH-22',
  'REFRESH-24',
  'SESSION-06',
  'SESSION-07',
  'SESSION-11',
  'SESSION-20',
]

const variants: Record<
  string,
  { env: Record<string, string>; session?: TargetInput['session']; skips?: string[] }
> = {
  'answers the login with 303': { env: { LOGIN: '303' } },
  'answers the login with 204': { env: { LOGIN: '204' } },
  'wants a static CSRF header': {
    env: { CSRF: 'header' },
    session: { csrf: { header: 'x-csrf', value: '1' } },
  },
  'wants a double-submit cookie': {
    env: { CSRF: 'cookie' },
    session: { csrf: { cookie: 'xsrf', header: 'x-csrf' } },
  },
  'hands out a CSRF token bound to the session': {
    env: { CSRF: 'token' },
    session: { csrf: { get: '/api/csrf', json: '$.data.token', header: 'x-csrf' } },
  },
  'renews before it sends': { env: { REFRESH: 'before' } },
  'sends one call of a session at a time': { env: { QUEUE: '1' }, skips: ['REFRESH-06'] },
  'sets its cookie again on each answer': { env: { ROLL: '1' } },
}

describe('a sound BFF that', () => {
  for (const [name, { env, session, skips = [] }] of Object.entries(variants))
    it(`${name} passes`, async () => {
      const results = await runTarget(
        { ...plainTarget, ...(session ? { session } : {}) },
        { folder: import.meta.dirname, ids: IDS, env },
      )
      const wrong = [...results.values()].filter(
        ({ id, verdict }) => verdict !== (skips.includes(id) ? 'SKIP' : 'PASS'),
      )
      expect(wrong.map(({ id, verdict, reason }) => `${id} ${verdict}: ${reason ?? ''}`)).toEqual(
        [],
      )
    }, 300_000)
})
