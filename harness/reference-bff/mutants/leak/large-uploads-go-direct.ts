import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

const LARGE = 1024 * 1024

export const largeUploadsGoDirect = defineMutant({
  name: 'large-uploads-go-direct',
  defect: 'For files of more than a mebibyte the browser is told to put them to storage itself.',
  kills: { 'LEAK-13': /^presigned URLs in the answer to .* of 5242880 bytes$/ },
  apply: (parts) =>
    wrappedRoute(parts, 'upload', (handler, { sessions, conduit }) => async (c) => {
      if (Number(c.req.header('content-length')) < LARGE) return handler(c)
      const session = await sessions.require(c.req.header('cookie'))
      const place = await conduit.json(session, {
        method: 'POST',
        path: '/storage/upload',
        json: {},
      })
      return c.json({ put: (place as { url: string }).url })
    }),
})
