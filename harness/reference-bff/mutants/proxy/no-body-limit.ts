import { buffer } from 'node:stream/consumers'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const noBodyLimit = defineMutant({
  name: 'no-body-limit',
  defect: 'A create is passed on whatever its size; the backend will know.',
  kills: { 'PROXY-13': 'upstream calls after a body of 20 MiB' },
  apply: (parts) =>
    wrappedRoute(parts, 'create', (_, { conduit, sessions }) => async (c) => {
      const session = await sessions.require(c.req.header('cookie'))
      const created = await conduit.json(session, {
        method: 'POST',
        path: '/database/Post',
        query: { scope: `User:${session.entry.userId}` },
        json: JSON.parse((await buffer(c.env.incoming)).toString('utf8')) as unknown,
      })
      return c.body(JSON.stringify(created), 201, { 'content-type': 'application/json' })
    }),
})
