import { request } from 'undici'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const honoursNominatedContentType = defineMutant({
  name: 'honours-nominated-content-type',
  defect: 'A create whose Connection names Content-Type goes upstream as a body without a type.',
  kills: { 'PROXY-04': /^upstream bodies of create/ },
  apply: (parts) =>
    wrappedRoute(parts, 'create', (handler, services) => async (c) => {
      if (!c.env.incoming.headers.connection?.includes('content-type')) return handler(c)
      const { http, settings } = services
      return rebuilt(services, parts, {
        http: {
          ...http,
          async backend({ method, path, query, json }, bearer) {
            const answer = await request(`${settings.conduitUrl}${path}`, {
              method,
              query: query ?? {},
              body: JSON.stringify(json),
              headers: { authorization: `Bearer ${bearer ?? ''}` },
            })
            const text = await answer.body.text()
            return { status: answer.statusCode, text, headers: answer.headers }
          },
        },
      }).create(c)
    }),
})
