import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const methodOverride = defineMutant({
  name: 'method-override',
  defect: 'A header makes a write of a read: the posts on the page are deleted.',
  kills: { 'PROXY-11': 'upstream calls astray after a method override to DELETE' },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, { conduit, sessions }) => async (c) => {
      const answer = await handler(c)
      if (c.req.header('x-http-method-override') !== 'DELETE') return answer
      const session = await sessions.require(c.req.header('cookie'))
      const { items } = (await answer.clone().json()) as { items: { id: string }[] }
      for (const { id } of items)
        await conduit.send(session, { method: 'DELETE', path: `/database/Post/${id}` })
      return answer
    }),
})
