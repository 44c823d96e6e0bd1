import { defineMutant } from '../mutant.ts'

export const urlCachePerSession = defineMutant({
  name: 'url-cache-per-session',
  defect: 'Each session keeps the presigned URLs it was given, for as long as it lives.',
  kills: { 'PREVIEW-18': 'a preview after the URL has run out' },
  apply: (parts) => ({
    ...parts,
    fileUrls: (services) => {
      const fileUrls = parts.fileUrls(services)
      const known = new Map<string, string>()
      return {
        async resolve(session, id, signal) {
          const name = `${session.key} ${id}`
          const url = known.get(name) ?? (await fileUrls.resolve(session, id, signal))
          known.set(name, url)
          return url
        },
      }
    },
  }),
})
