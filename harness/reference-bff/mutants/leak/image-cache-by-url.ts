import { BffFailure } from '../../failure.ts'
import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { servedPictures } from '../pictures-otherwise.ts'

export const imageCacheByUrl = defineMutant({
  name: 'image-cache-by-url',
  defect:
    'Covers go through an image optimiser that keeps what it made by address and asks nobody again.',
  kills: { 'LEAK-15': "a picture of the user's without a session" },
  apply: (parts) => {
    const made = new Map<string, Buffer>()
    const withOptimiser = servedPictures(parts, async (c, { sessions, fileUrls, http }) => {
      const id = c.req.query('id') ?? ''
      const known = made.get(id)
      if (known) return known
      const session = await sessions.require(c.req.header('cookie'))
      const url = await fileUrls.resolve(session, id, c.req.raw.signal)
      const { body, statusCode } = await http.open(new URL(url), {}, c.req.raw.signal)
      if (statusCode !== 200) throw new BffFailure(404, 'not_found')
      const picture = Buffer.from(await body.arrayBuffer())
      made.set(id, picture)
      return picture
    })
    return changedAnswer(withOptimiser, 'postsPage', async (answer) => {
      if (answer.status !== 200) return answer
      const html = (await answer.text()).replaceAll(
        /\/api\/files\/([\w-]+)\/preview/g,
        '/assets/image?id=$1',
      )
      return new Response(html, { headers: answer.headers })
    })
  },
})
