import { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

export const renewsOn5xx = defineMutant({
  name: 'renews-on-5xx',
  defect: 'A data call that fails with 5xx is taken for a stale token and renewed.',
  kills: { 'RESIL-01': /^renewals because of/ },
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
            if (!(error instanceof BffFailure) || error.status !== 502) throw error
            session.entry = await services.renewal.renew(session.key, session.entry)
            return conduit.json(session, call)
          }
        },
      }
    },
  }),
})
