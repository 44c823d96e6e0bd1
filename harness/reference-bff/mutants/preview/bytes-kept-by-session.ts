import { keptBytes } from '../kept-bytes.ts'
import { defineMutant } from '../mutant.ts'

export const bytesKeptBySession = defineMutant({
  name: 'bytes-kept-by-session',
  defect:
    'Small files are kept in memory for the session that read them, and given to it again unasked.',
  kills: { 'PREVIEW-15': /^a preview that worked before/ },
  apply: (parts) =>
    keptBytes(parts, async (c, { sessions }) => {
      const { key } = await sessions.require(c.req.header('cookie'))
      return `${key} ${c.req.param('id') ?? ''}`
    }),
})
