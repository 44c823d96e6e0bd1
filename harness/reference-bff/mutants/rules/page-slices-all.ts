import { defineMutant } from '../mutant.ts'
import { ALL_POSTS, readingPostsPage, windowOf } from '../posts-page-otherwise.ts'

export const pageSlicesAll = defineMutant({
  name: 'page-slices-all',
  defect: 'The rendered page reads every post and cuts its own page out of them.',
  kills: { 'RULES-06': '/posts: different upstream calls for ui.next' },
  apply: (parts) =>
    readingPostsPage(parts, async (call, ask) => {
      const { sort } = { sort: '-createdAt', ...call.query }
      if (call.path !== '/database/Post' || sort !== '-createdAt') return ask(call)
      return windowOf(call, (await ask(ALL_POSTS)).documents)
    }),
})
