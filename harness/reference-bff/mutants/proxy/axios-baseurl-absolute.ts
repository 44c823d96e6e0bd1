import axios from 'axios'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const axiosBaseurlAbsolute = defineMutant({
  name: 'axios-baseurl-absolute',
  defect:
    "Whatever follows /api/posts/ is asked of axios with a base URL and the session's token; an absolute URL replaces the base.",
  kills: { 'PROXY-06': /^calls of a foreign host through path \/api\/posts\// },
  apply: (parts) =>
    wrappedRoute(parts, 'unknownRoute', (handler, { sessions, settings }) => async (c) => {
      const [, rest] = /^\/api\/posts\/(.+)$/.exec(c.req.path) ?? []
      if (rest === undefined || c.req.method !== 'GET') return handler(c)
      const { entry } = await sessions.require(c.req.header('cookie'))
      const answer = await axios.get<string>(decodeURIComponent(rest), {
        baseURL: `${settings.conduitUrl}/database/Post/`,
        headers: { authorization: `Bearer ${entry.tokens.accessToken}` },
        validateStatus: () => true,
        responseType: 'text',
      })
      return c.json({ ok: answer.status === 200 }, answer.status === 200 ? 200 : 404)
    }),
})
