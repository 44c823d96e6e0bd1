import { buffer } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { defineMutant } from '../mutant.ts'

export const rangeCutFromWhole = defineMutant({
  name: 'range-cut-from-whole',
  defect: 'A range is cut out of the whole file, which is downloaded for it every time.',
  kills: { 'PREVIEW-09': 'bytes fetched from storage for bytes=0-99' },
  apply: (parts) => ({
    ...parts,
    storage: (services) => {
      const storage = parts.storage(services)
      return {
        async open(url, request) {
          const match = /^bytes=(\d+)-(\d+)$/.exec(request.range ?? '')
          if (!match) return storage.open(url, request)
          const answer = await storage.open(url, { ...request, range: undefined })
          if (answer.status !== 200) return answer
          const whole = await buffer(answer.body)
          const [from, to] = [Number(match[1]), Math.min(Number(match[2]), whole.length - 1)]
          const part = whole.subarray(from, to + 1)
          return {
            status: 206,
            headers: {
              ...answer.headers,
              'content-length': String(part.length),
              'content-range': `bytes ${from}-${to}/${whole.length}`,
            },
            body: Readable.from([part]),
          }
        },
      }
    },
  }),
})
