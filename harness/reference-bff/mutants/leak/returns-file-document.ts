import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const returnsFileDocument = defineMutant({
  name: 'returns-file-document',
  defect: 'The list shows the File documents of its posts as they are, with url and sourceUrl.',
  kills: { 'LEAK-12': 'presigned URLs in the list' },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (_, services) => async (c) => {
      let documents: unknown
      const { conduit } = services
      const seen = {
        ...conduit,
        async json(...call: Parameters<typeof conduit.json>) {
          const answer = await conduit.json(...call)
          documents = answer
          return answer
        },
      }
      await rebuilt(services, parts, { conduit: seen }).list(c)
      return c.json({ items: (documents as { documents: object[] }).documents })
    }),
})
