import { BffFailure, sessionOver } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

export const any401ClearsSession = defineMutant({
  name: 'any-401-clears-session',
  defect: 'A 401 that comes again after the renewal ends the session, whatever it says.',
  kills: { 'REFRESH-09': 'the same session when the factor was given' },
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
            if (!(error instanceof BffFailure) || error.code !== 'not_allowed_now') throw error
            await services.vault.remove(session.key)
            throw sessionOver()
          }
        },
      }
    },
  }),
})
