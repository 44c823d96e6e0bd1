import type { SentFile } from '../../multipart.ts'
import { defineMutant } from '../mutant.ts'
import { newPlace, uploadsInAttempts } from '../renewed-uploads.ts'

export const retryLosesFirstBlock = defineMutant({
  name: 'retry-loses-first-block',
  defect:
    'Each attempt of an upload takes a block off the stream to learn the type of the file, so that a repeated one begins behind it.',
  kills: { 'REFRESH-15': /^files that hold something else than was sent/ },
  apply: (parts) =>
    uploadsInAttempts(parts, async ({ content }, ask, { http }) => {
      const blocks = content[Symbol.asyncIterator]()
      const next = await blocks.next()
      const first = next.done === true ? Buffer.alloc(0) : next.value
      const isPng = first.subarray(1, 4).toString() === 'PNG'
      const { id, url } = await newPlace(ask, isPng ? 'image/png' : 'application/octet-stream')
      await http.put(url, joined(first, blocks), new AbortController().signal)
      return id
    }),
})

async function* joined(
  first: Buffer,
  rest: ReturnType<SentFile['content'][typeof Symbol.asyncIterator]>,
): AsyncGenerator<Buffer> {
  yield first
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}
