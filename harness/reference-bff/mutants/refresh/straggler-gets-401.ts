import { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

export const stragglerGets401 = defineMutant({
  name: 'straggler-gets-401',
  defect:
    'A call whose token was replaced meanwhile is not retried: its late 401 goes to the browser.',
  kills: { 'REFRESH-06': "the late call's answer" },
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      return {
        ...conduit,
        async json(session, call) {
          const before = session.entry
          const answer = await services.http.backend(call, before.tokens.accessToken)
          const current = await services.vault.read(session.key)
          if (answer.status === 401 && current && current.generation !== before.generation)
            throw new BffFailure(401, 'token_replaced')
          return answer.status === 401
            ? conduit.json(session, call)
            : (JSON.parse(answer.text) as unknown)
        },
      }
    },
  }),
})
