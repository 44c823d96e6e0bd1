import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const methodOverrideTrusted = defineMutant({
  name: 'method-override-trusted',
  defect: 'A header makes a POST of a GET, past what guards unsafe methods.',
  kills: { 'SESSION-14': /GET with X-HTTP-Method-Override on logout/ },
  apply: (parts) =>
    wrappedRoute(parts, 'logout', (handler) => (c) => {
      if (c.req.header('x-http-method-override') === 'POST')
        c.req.raw = new Request(c.req.url, { method: 'POST', headers: c.req.header() })
      return handler(c)
    }),
})
