import { finished } from 'node:stream/promises'
import { defineMutant } from '../mutant.ts'

export const headDownloadsAll = defineMutant({
  name: 'head-downloads-all',
  defect: 'For HEAD the whole file is fetched and thrown away.',
  kills: { 'PREVIEW-12': 'bytes that the storage host sent for HEAD' },
  apply: (parts) => ({
    ...parts,
    deliver(services) {
      const deliver = parts.deliver(services)
      return async (c, answer, delivery) => {
        if (c.req.method === 'HEAD') await finished(answer.body.resume())
        return deliver(c, answer, delivery)
      }
    },
  }),
})
