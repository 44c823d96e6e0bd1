import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const accessTokenEndpoint = defineMutant({
  name: 'access-token-endpoint',
  defect: 'A route hands the access token to the scripts of the page.',
  kills: { 'LEAK-19': 'secrets at known paths' },
  apply: (parts) =>
    wrappedRoute(parts, 'unknownRoute', (handler, services) => async (c) => {
      if (c.req.path !== '/api/auth/access-token' || c.req.method !== 'GET') return handler(c)
      const { tokens } = await entryOfRequest(c, services)
      return c.json({ token: tokens.accessToken })
    }),
})
