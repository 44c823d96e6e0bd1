import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const meTrustsClientAuthorization = defineMutant({
  name: 'me-trusts-client-authorization',
  defect:
    "Who is signed in is asked with the Authorization header of the browser's, if it has one.",
  kills: { 'PROXY-02': 'who the calls act for when the browser sends Bearer' },
  apply: (parts) =>
    wrappedRoute(parts, 'me', (_, services) => async (c) => {
      const [, own] = /^Bearer (\S+)$/.exec(c.req.header('authorization') ?? '') ?? []
      const { http } = services
      return rebuilt(services, parts, {
        http: { ...http, backend: (call, bearer) => http.backend(call, own ?? bearer) },
      }).me(c)
    }),
})
