import { BffFailure } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'
import type { BackendAnswer } from '../../conduit-http.ts'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

export const relaysBackendError = defineMutant({
  name: 'relays-backend-error',
  defect: 'The body of a failing list is whatever the backend answered.',
  kills: { 'LEAK-10': 'tokens and internals in error answers' },
  collateral: ['LEAK-01'],
  apply: (parts) =>
    wrappedRoute(parts, 'list', (_, services) => async (c) => {
      let last: BackendAnswer | undefined
      const http = {
        ...services.http,
        backend: async (...call: Parameters<typeof services.http.backend>) =>
          (last = await services.http.backend(...call)),
      }
      try {
        return await rebuilt(services, parts, { http }).list(c)
      } catch (error) {
        if (!(error instanceof BffFailure) || error.status < 500 || !last) throw error
        return c.body(last.text, error.status as ContentfulStatusCode)
      }
    }),
})
