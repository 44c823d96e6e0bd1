import { defineMutant } from '../mutant.ts'

export const rangeOffByOne = defineMutant({
  name: 'range-off-by-one',
  defect:
    'The end of a range is passed on as if it were exclusive, and the answer says what the browser asked for.',
  kills: { 'PREVIEW-10': /^Range: / },
  apply: (parts) => ({
    ...parts,
    storage: (services) => {
      const storage = parts.storage(services)
      return {
        async open(url, request) {
          const match = /^bytes=(\d+)-(\d+)$/.exec(request.range ?? '')
          if (!match) return storage.open(url, request)
          const [, from, to] = match
          const range = `bytes=${from ?? ''}-${Number(to) - 1}`
          const answer = await storage.open(url, { ...request, range })
          const total = /\/(.+)$/.exec(String(answer.headers['content-range']))?.[1] ?? '*'
          return {
            ...answer,
            headers: {
              ...answer.headers,
              'content-range': `bytes ${from ?? ''}-${to ?? ''}/${total}`,
            },
          }
        },
      }
    },
  }),
})
