import { BffFailure, sessionOver } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

export const outageClearsSession = defineMutant({
  name: '5xx-clears-session',
  defect: 'A data call that fails with 5xx ends the session.',
  kills: { 'RESIL-01': /^the client's answer to 500$/ },
  collateral: ['LEAK-10'],
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
            if (!(error instanceof BffFailure) || error.status < 500) throw error
            await services.vault.remove(session.key)
            throw sessionOver()
          }
        },
      }
    },
  }),
})
