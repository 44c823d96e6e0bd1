import { describe, expect, it } from 'vitest'
import { runHarness } from '../src/index.ts'
import type { TargetInput } from '../src/target/schema.ts'
import { plainTarget } from './target-controls.ts'

interface Case {
  fault: string
  /** What has to be in the message. */
  says: readonly string[]
  session?: TargetInput['session']
  /** Only a route that is not needed by every check is broken. */
  route?: boolean
}

const LOGIN = 'sent        POST /api/login {"email"'
const NO_BACKEND = 'nothing: the BFF called no backend of the harness'

const cases: readonly Case[] = [
  {
    fault: 'login-404',
    says: [LOGIN, 'came back   404 {"error":"login 404"}', 'correct the path of routes.login'],
  },
  {
    fault: 'login-405',
    says: [LOGIN, 'not take POST there but PUT', 'the method of routes.login'],
  },
  { fault: 'login-415', says: ['415', 'correct json or form of routes.login'] },
  { fault: 'login-422', says: ['"username","message":"Required"', 'the names of the fields'] },
  { fault: 'login-429', says: ['429', 'raise the limit'] },
  {
    fault: 'login-500',
    says: ['500', NO_BACKEND, '{{backend.url}} (now CONDUIT_URL) in start.env'],
  },
  { fault: 'login-page', says: ['Sign in', 'This is how a page answers', 'routes.login'] },
  { fault: 'login-loop', says: ['302 to /api/login', 'routes.login'] },
  { fault: 'own-backend', says: ['401', NO_BACKEND, '(now CONDUIT_URL) in start.env'] },
  { fault: 'dead-backend', says: ['502', NO_BACKEND, '(now CONDUIT_URL) in start.env'] },
  { fault: 'no-cookie', says: ['without a cookie', 'The answer has no Set-Cookie'] },
  { fault: 'refused-cookie', says: ['__Host-sid needs Secure, Path=/ and no Domain'] },
  {
    fault: '',
    session: { cookie: ['session_id'] },
    says: ['session.cookie names (session_id)', 'cookies: __Host-sid'],
  },
  { fault: 'csrf-cookie', says: ['403', 'declare session.csrf (now none), or origin'] },
  {
    fault: 'csrf-cookie',
    session: { csrf: { cookie: 'XSRF-TOKEN', header: 'x-csrf' } },
    says: ['No answer set the cookie XSRF-TOKEN of session.csrf (set were: xsrf)'],
  },
  {
    fault: 'csrf-cookie',
    session: { csrf: { get: '/api/csrf', json: '$.token', header: 'x-csrf' } },
    says: ['GET /api/csrf answered 200 without a text at $.token'],
  },
  { fault: 'list-page', says: ['<!doctype html>', 'no JSON', 'correct the path of routes.list'] },
  { fault: 'list-away', says: ['302 to /login', 'sends the browser away'] },
  {
    fault: 'list-elsewhere',
    says: ['no list at $.documents', 'there are lists at $.data.rows.documents'],
  },
  {
    fault: 'storage-list',
    route: true,
    says: ['routes.preview does not work', '{{storage.url}} in start.env (now STORAGE_URL)'],
  },
  {
    fault: 'logout-get',
    route: true,
    says: ['not take POST there but GET', 'the method of routes.logout'],
  },
]

describe('a BFF that is set up wrongly: it is said what was sent, what came back, what to change', () => {
  for (const { fault, says, session, route } of cases)
    it(`${fault || 'sound'} ${JSON.stringify(session ?? {})}`, async () => {
      const run = await runHarness({
        target: {
          ...plainTarget,
          start: {
            module: './broken-bff.ts',
            env: {
              ...('env' in plainTarget.start ? plainTarget.start.env : {}),
              FAULT: fault,
            },
          },
          ...(session ? { session } : {}),
        },
        folder: import.meta.dirname,
        ids: ['VAULT-01'],
      })
      const text = route
        ? (run.discovery?.routes.map(({ problem }) => problem ?? '').join('\n') ?? '')
        : (run.problem ?? 'no problem')
      for (const part of says) expect(text).toContain(part)
      expect(text).toContain('to change')
      expect(text).not.toMatch(/Pw-[0-9a-f]{8}|^ +at /m)
      expect(run.exitCode).toEqual(route ? 0 : 2)
    }, 60_000)
})
