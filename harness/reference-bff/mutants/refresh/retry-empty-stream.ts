import { buffer } from 'node:stream/consumers'
import { defineMutant } from '../mutant.ts'
import { uploadsInAttempts } from '../renewed-uploads.ts'

export const retryEmptyStream = defineMutant({
  name: 'retry-empty-stream',
  defect: 'The upload that is repeated after a renewal reads the stream that the first one spent.',
  kills: { 'REFRESH-15': /^files that hold something else than was sent/ },
  apply: (parts) =>
    uploadsInAttempts(parts, async ({ name, content }, ask) => {
      const data = (await buffer(content)).toString('base64')
      const json = { alias: name, data }
      const { text } = await ask({ method: 'POST', path: '/storage/file', json })
      return (JSON.parse(text) as { _id: string })._id
    }),
})
