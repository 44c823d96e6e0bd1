import { defineMutant } from '../mutant.ts'

interface Page {
  documents: unknown[]
  count: number
}

export const fetchAllThenSlice = defineMutant({
  name: 'fetch-all-then-slice',
  defect: 'Every page fetches all documents and is cut out of them in the BFF.',
  kills: { 'RULES-05': /^limits upstream for page/ },
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      return {
        ...conduit,
        async json(session, call) {
          const { skip, limit } = call.query ?? {}
          if (skip === undefined || limit === undefined) return conduit.json(session, call)
          const query = { ...call.query, skip: '0', limit: '100000' }
          const all = (await conduit.json(session, { ...call, query })) as Page
          const documents = all.documents.slice(Number(skip), Number(skip) + Number(limit))
          return { ...all, documents }
        },
      }
    },
  }),
})
