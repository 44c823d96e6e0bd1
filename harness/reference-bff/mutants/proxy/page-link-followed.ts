import { request } from 'undici'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const pageLinkFollowed = defineMutant({
  name: 'page-link-followed',
  defect: 'The page may be given as a link, which is followed with the token, wherever it leads.',
  kills: { 'PROXY-06': /^calls of a foreign host through list with page=/ },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, { sessions, settings }) => async (c) => {
      const page = c.req.query('page') ?? '1'
      if (/^\d+$/.test(page) || !URL.canParse(page, settings.conduitUrl)) return handler(c)
      const { entry } = await sessions.require(c.req.header('cookie'))
      const answer = await request(new URL(page, settings.conduitUrl), {
        headers: { authorization: `Bearer ${entry.tokens.accessToken}` },
      })
      return c.json((await answer.body.json().catch(() => ({}))) as object)
    }),
})
