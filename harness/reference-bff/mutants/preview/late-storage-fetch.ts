import { finished } from 'node:stream/promises'
import { deliver, onItsWay } from '../../delivery.ts'
import { defineMutant } from '../mutant.ts'
import { unboundDownload } from '../unbound-download.ts'

export const lateStorageFetch = defineMutant({
  name: 'late-storage-fetch',
  defect:
    'A preview whose browser left while the file was looked up is downloaded all the same, and thrown away.',
  kills: {
    'PREVIEW-07': 'downloads that go on for a browser that left while the file was looked up',
  },
  apply: (parts) => {
    const unbound = unboundDownload(parts, async (c, answer, delivery) => {
      if (!c.env.outgoing.destroyed) return deliver(c, answer, delivery)
      answer.body.resume()
      await finished(answer.body).catch(() => undefined)
      return onItsWay()
    })
    return {
      ...unbound,
      fileUrls: (services) => {
        const fileUrls = parts.fileUrls(services)
        return {
          resolve: (session, id) => fileUrls.resolve(session, id, new AbortController().signal),
        }
      },
    }
  },
})
