import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const traceEcho = defineMutant({
  name: 'trace-echo',
  defect: 'TRACE is answered as HTTP says: with the request, cookies and all.',
  kills: { 'LEAK-22': /^the answer to TRACE/ },
  apply: (parts) =>
    wrappedRoute(parts, 'unknownRoute', (handler) => async (c) => {
      if (c.env.incoming.method !== 'TRACE') return handler(c)
      return c.body(JSON.stringify(c.env.incoming.rawHeaders), 200, {
        'content-type': 'message/http',
      })
    }),
})
