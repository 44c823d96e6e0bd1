import { request } from 'undici'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const catchAllProxy = defineMutant({
  name: 'catch-all-proxy',
  defect:
    'Reads below /api that have no route of their own are passed on to the backend, and the decoded path may climb.',
  kills: { 'PROXY-06': /^upstream calls (astray through path|that id)/ },
  apply: (parts) =>
    wrappedRoute(parts, 'unknownRoute', (handler, { sessions, settings }) => async (c) => {
      const [, rest] = /^\/api\/(.+)$/.exec(c.req.path) ?? []
      if (rest === undefined || c.req.method !== 'GET') return handler(c)
      const { entry } = await sessions.require(c.req.header('cookie'))
      const path = new URL(`http://x/database/Post/${decodeURIComponent(rest)}`).pathname
      const answer = await request(settings.conduitUrl + path, {
        headers: { authorization: `Bearer ${entry.tokens.accessToken}` },
      })
      await answer.body.dump()
      return handler(c)
    }),
})
