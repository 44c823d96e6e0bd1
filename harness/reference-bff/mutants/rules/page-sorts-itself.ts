import { defineMutant } from '../mutant.ts'
import { readingPostsPage } from '../posts-page-otherwise.ts'

export const pageSortsItself = defineMutant({
  name: 'page-sorts-itself',
  defect: 'The rendered page reads the newest posts whatever the order asked for, and sorts those.',
  kills: { 'RULES-06': '/posts: different upstream calls for ui.sort' },
  apply: (parts) =>
    readingPostsPage(parts, async (call, ask) => {
      if (call.query?.['sort'] !== 'title') return ask(call)
      const { documents, count } = await ask({
        ...call,
        query: { ...call.query, sort: '-createdAt' },
      })
      return { count, documents: documents.toSorted((a, b) => a.title.localeCompare(b.title)) }
    }),
})
