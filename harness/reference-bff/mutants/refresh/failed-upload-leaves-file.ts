import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'
import { newPlace, uploadsInAttempts } from '../renewed-uploads.ts'

export const failedUploadLeavesFile = defineMutant({
  name: 'failed-upload-leaves-file',
  defect:
    'An upload that finds its stream spent after a renewal is refused, but its place in storage is made already and stays.',
  kills: { 'REFRESH-15': /^files that a failed upload left/ },
  apply: (parts) =>
    uploadsInAttempts(parts, async ({ content }, ask, { http }) => {
      const bytes = await buffer(content)
      const { id, url } = await newPlace(ask, 'application/octet-stream')
      if (bytes.length === 0) throw new BffFailure(400, 'empty_file')
      await http.put(url, Readable.from([bytes]), new AbortController().signal)
      return id
    }),
})
