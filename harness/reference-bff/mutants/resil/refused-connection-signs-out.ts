import { BffFailure, sessionOver } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

export const refusedConnectionSignsOut = defineMutant({
  name: 'refused-connection-signs-out',
  defect:
    'An answer with a status is an answer, but a call that got none is taken for a session that is over.',
  kills: { 'RESIL-03': /^the answer to list on instance 1 while the backend is gone$/ },
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      return {
        ...conduit,
        async json(session, call) {
          try {
            return await conduit.json(session, call)
          } catch (error) {
            if (!(error instanceof BffFailure) || error.code !== 'backend_unreachable') throw error
            await services.vault.remove(session.key)
            throw sessionOver()
          }
        },
      }
    },
  }),
})
