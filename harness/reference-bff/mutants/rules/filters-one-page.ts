import { z } from 'zod'
import { defineMutant } from '../mutant.ts'

const pageSchema = z.object({ documents: z.array(z.looseObject({ title: z.string() })) })

export const filtersOnePage = defineMutant({
  name: 'filters-one-page',
  defect:
    'A search filters the oldest page of the list in the BFF; what is on later pages is never found.',
  kills: { 'RULES-04': 'the term in an upstream call' },
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      return {
        ...conduit,
        async json(session, call) {
          const { term, ...query } = call.query ?? {}
          if (term === undefined) return conduit.json(session, call)
          const page = pageSchema.parse(
            await conduit.json(session, {
              ...call,
              path: '/database/Post',
              query: { ...query, sort: 'createdAt' },
            }),
          )
          const documents = page.documents.filter(({ title }) => title.includes(term))
          return { documents, count: documents.length }
        },
      }
    },
  }),
})
