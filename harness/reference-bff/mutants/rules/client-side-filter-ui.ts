import { PAGE_SIZE } from '../../routes/posts.ts'
import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { readingPostsPage } from '../posts-page-otherwise.ts'
import { addedFile } from '../script-otherwise.ts'

const FILTER = `const wanted = new URLSearchParams(location.search).get('q') ?? ''
for (const item of document.querySelectorAll('#posts li'))
  item.hidden = !item.textContent.includes(wanted)
`

export const clientSideFilterUi = defineMutant({
  name: 'client-side-filter-ui',
  defect:
    'The page is given the newest posts whatever is searched for; its script hides those that do not match.',
  kills: { 'RULES-06': '/posts: the term in an upstream call' },
  apply: (parts) => {
    const unfiltered = readingPostsPage(parts, (call, ask) =>
      ask({
        ...call,
        path: '/database/Post',
        query: { skip: '0', limit: String(PAGE_SIZE), sort: '-createdAt' },
      }),
    )
    const filtered = addedFile(unfiltered, {
      name: 'filter.js',
      type: 'text/javascript',
      text: () => FILTER,
    })
    return changedAnswer(filtered, 'postsPage', async (answer) =>
      answer.ok
        ? new Response(
            `${await answer.text()}<script src="/assets/filter.js" type="module"></script>`,
            answer,
          )
        : answer,
    )
  },
})
