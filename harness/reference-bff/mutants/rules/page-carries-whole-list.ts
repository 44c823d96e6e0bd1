import { readPosts } from '../../routes/posts.ts'
import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const pageCarriesWholeList = defineMutant({
  name: 'page-carries-whole-list',
  defect: 'Beside what was searched for the page carries the unfiltered list, for suggestions.',
  kills: { 'RULES-06': '/posts: documents received with the answer that do not match' },
  apply: (parts) =>
    changedAnswer(parts, 'postsPage', async (answer, { c, services }) => {
      if (!answer.ok || c.req.query('q') === undefined) return answer
      const session = await services.sessions.require(c.req.header('cookie'))
      const { signal } = c.req.raw
      const all = await readPosts(services.conduit, session, { query: {}, signal })
      const titles = all.items.map(({ title }) => title).join(' ')
      return new Response(`${await answer.text()}<data hidden value="${titles}"></data>`, answer)
    }),
})
