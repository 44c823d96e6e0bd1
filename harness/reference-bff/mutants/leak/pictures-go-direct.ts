import { readFile } from '../../multipart.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

const MOST_BYTES = 8 * 1024 * 1024

export const picturesGoDirect = defineMutant({
  name: 'pictures-go-direct',
  defect: 'For a picture the browser is told to put it to storage itself; other files are taken.',
  kills: { 'LEAK-13': 'presigned URLs in the answer to a picture of 2000 bytes' },
  apply: (parts) =>
    wrappedRoute(parts, 'upload', (_, { sessions, conduit, uploads }) => async (c) => {
      const session = await sessions.require(c.req.header('cookie'))
      const file = await readFile(c, MOST_BYTES)
      if (!file.name.endsWith('.png'))
        return c.json({ id: await uploads.store(session, file) }, 201)
      const place = await conduit.json(session, {
        method: 'POST',
        path: '/storage/upload',
        json: {},
      })
      return c.json({ put: (place as { url: string }).url })
    }),
})
