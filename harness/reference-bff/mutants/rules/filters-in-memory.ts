import { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

interface Page {
  documents: { title: string }[]
  count: number
}

export const filtersInMemory = defineMutant({
  name: 'filters-in-memory',
  defect: 'A search fetches the whole list and filters it in the BFF.',
  kills: { 'RULES-04': 'the term in an upstream call' },
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      return {
        ...conduit,
        async json(session, call) {
          const term = call.query?.['term']
          if (term === undefined) return conduit.json(session, call)
          const all = await conduit.json(session, {
            method: 'GET',
            path: '/database/Post',
            query: { skip: '0', limit: '100000' },
          })
          if (typeof all !== 'object') throw new BffFailure(502, 'backend_answer_invalid')
          const documents = (all as Page).documents.filter(({ title }) => title.includes(term))
          return { documents, count: documents.length }
        },
      }
    },
  }),
})
