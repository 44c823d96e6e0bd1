import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const getCreates = defineMutant({
  name: 'get-creates',
  defect: 'A read of the list with a title in the query creates a post.',
  kills: { 'SESSION-14': 'upstream changes through GET on create' },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, services) => async (c) => {
      const title = c.req.query('title')
      if (title === undefined) return handler(c)
      const entry = await entryOfRequest(c, services)
      await services.http.backend(
        { method: 'POST', path: '/database/Post', json: { title } },
        entry.tokens.accessToken,
      )
      return handler(c)
    }),
})
