import { keptBytes } from '../kept-bytes.ts'
import { defineMutant } from '../mutant.ts'

export const bytesCachedById = defineMutant({
  name: 'bytes-cached-by-id',
  defect: 'Small files are kept in memory by their id and given to every signed-in user who asks.',
  kills: { 'PREVIEW-15': /^another user's preview/ },
  apply: (parts) =>
    keptBytes(parts, async (c, { sessions }) => {
      await sessions.require(c.req.header('cookie'))
      return c.req.param('id') ?? ''
    }),
})
