import type { RequestListener } from 'node:http'
import { describe, expect, it } from 'vitest'
import { runHarness } from '../src/index.ts'
import { runningTarget } from './target-controls.ts'

const always =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body)
  }

const controls: Record<string, RequestListener> = {
  '200 {}': always(200, '{}'),
  '200 with documents and a cookie': always(200, '{"documents":[]}', {
    'set-cookie': 'sid=x; Path=/',
  }),
  '204': always(204, ''),
  '302 with a cookie': always(302, '', { location: '/', 'set-cookie': 'sid=x; Path=/' }),
  "401 with the backend's own body": always(
    401,
    '{"name":"UNAUTHORIZED","status":401,"message":"Unauthorized"}',
  ),
  '500 {}': always(500, '{}'),
  'nothing at all': (request) => request.socket.destroy(),
}

describe('a target that answers everything with', () => {
  for (const [name, listener] of Object.entries(controls))
    it(`${name} passes nothing and is told what is wrong`, async () => {
      const target = await runningTarget(listener)
      const run = await runHarness({
        target: { ...target, start: { ...target.start, ready: { within: 300 } } },
      })
      expect(new Set(run.results.map((result) => result.verdict))).toEqual(new Set(['SETUP']))
      expect([run.exitCode, /login|not ready/.test(run.problem ?? '')]).toEqual([2, true])
    })
})
