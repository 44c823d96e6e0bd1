import { BffFailure } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const refusalEchoesRequest = defineMutant({
  name: 'refusal-echoes-request',
  defect:
    'A create that the backend refuses is answered with the request that was sent, headers included.',
  kills: { 'LEAK-10': 'tokens and internals in error answers' },
  apply: (parts) =>
    wrappedRoute(parts, 'create', (handler, services) => async (c) => {
      try {
        return await handler(c)
      } catch (error) {
        if (!(error instanceof BffFailure) || error.status !== 404) throw error
        const { tokens } = await entryOfRequest(c, services)
        return c.json(
          { error: error.code, sent: { authorization: `Bearer ${tokens.accessToken}` } },
          404,
        )
      }
    }),
})
