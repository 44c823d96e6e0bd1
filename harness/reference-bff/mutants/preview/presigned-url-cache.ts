import { defineMutant } from '../mutant.ts'

export const presignedUrlCache = defineMutant({
  name: 'presigned-url-cache',
  defect:
    "A presigned URL is cached by file id, so that who has no right to the file gets it after its owner's visit.",
  kills: { 'PREVIEW-15': /^another user's preview/ },
  apply: (parts) => ({
    ...parts,
    fileUrls: (services) => {
      const fileUrls = parts.fileUrls(services)
      const known = new Map<string, string>()
      return {
        async resolve(session, id, signal) {
          const url = known.get(id) ?? (await fileUrls.resolve(session, id, signal))
          known.set(id, url)
          return url
        },
      }
    },
  }),
})
