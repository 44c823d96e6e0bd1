import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { withOpenPolicy } from '../script-otherwise.ts'

export const imgSrcPresigned = defineMutant({
  name: 'img-src-presigned',
  defect: 'The server-rendered page shows covers by their presigned URL.',
  kills: { 'LEAK-14': 'requests to other origins' },
  collateral: ['LEAK-03', 'LEAK-15'],
  apply: (parts) =>
    changedAnswer(withOpenPolicy(parts), 'postsPage', async (answer, { c, services }) => {
      if (answer.status !== 200) return answer
      const session = await services.sessions.require(c.req.header('cookie'))
      let html = await answer.text()
      for (const [path, id = ''] of html.matchAll(/\/api\/files\/([\w-]+)\/preview/g)) {
        const url = await services.fileUrls
          .resolve(session, id, c.req.raw.signal)
          .catch(() => undefined)
        if (url !== undefined) html = html.replace(path, url.replaceAll('&', '&amp;'))
      }
      return new Response(html, { headers: answer.headers })
    }),
})
