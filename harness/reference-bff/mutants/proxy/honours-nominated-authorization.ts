import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const honoursNominatedAuthorization = defineMutant({
  name: 'honours-nominated-authorization',
  defect:
    "What the browser's Connection names is taken out of the upstream request, the token too.",
  kills: { 'PROXY-04': /^whose token the upstream calls of list/ },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, services) => async (c) => {
      if (!c.env.incoming.headers.connection?.includes('authorization')) return handler(c)
      const { http } = services
      return rebuilt(services, parts, {
        http: { ...http, backend: (call) => http.backend(call) },
      }).list(c)
    }),
})
