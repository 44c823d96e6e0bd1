import { defineMutant } from '../mutant.ts'

export const createSentTwice = defineMutant({
  name: 'create-sent-twice',
  defect:
    'After a renewal the create is sent both by the interceptor and by the handler that was told to retry.',
  kills: { 'REFRESH-14': 'creates that the backend carried out' },
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      return {
        ...conduit,
        async json(session, call) {
          const before = session.entry
          const answer = await conduit.json(session, call)
          return session.entry === before ? answer : conduit.json(session, call)
        },
      }
    },
  }),
})
