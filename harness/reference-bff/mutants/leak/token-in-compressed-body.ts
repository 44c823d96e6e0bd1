import { gzipSync } from 'node:zlib'
import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const tokenInCompressedBody = defineMutant({
  name: 'token-in-compressed-body',
  defect: 'Lists are compressed, and hold the refresh token.',
  kills: { 'LEAK-01': 'tokens in answers' },
  apply: (parts) =>
    changedAnswer(parts, 'list', async (answer, { c, services }) => {
      const { tokens } = await entryOfRequest(c, services)
      const page = { ...((await answer.json()) as object), next: tokens.refreshToken }
      return c.body(new Uint8Array(gzipSync(JSON.stringify(page))), 200, {
        'content-type': 'application/json',
        'content-encoding': 'gzip',
      })
    }),
})
