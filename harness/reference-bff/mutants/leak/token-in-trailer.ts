import { defineMutant } from '../mutant.ts'
import { onItsWay } from '../../delivery.ts'
import { wrappedRoute } from '../change-answer.ts'
import { entryOfRequest } from '../session-entry.ts'

export const tokenInTrailer = defineMutant({
  name: 'token-in-trailer',
  defect: 'The answer to a create ends with a trailer that names the access token.',
  kills: { 'LEAK-01': 'tokens in answers' },
  apply: (parts) =>
    wrappedRoute(parts, 'create', (handler, services) => async (c) => {
      const answer = await handler(c)
      const { tokens } = await entryOfRequest(c, services)
      const { outgoing } = c.env
      outgoing.writeHead(answer.status, {
        'content-type': 'application/json',
        'cache-control': 'no-store',
        trailer: 'x-trace',
        'transfer-encoding': 'chunked',
      })
      if ('addTrailers' in outgoing) outgoing.addTrailers({ 'x-trace': tokens.accessToken })
      outgoing.end(await answer.text())
      return onItsWay()
    }),
})
