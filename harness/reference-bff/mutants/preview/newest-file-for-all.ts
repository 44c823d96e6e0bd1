import { defineMutant } from '../mutant.ts'

export const newestFileForAll = defineMutant({
  name: 'newest-file-for-all',
  defect: 'The URL to fetch is a field of the shared storage client: a later preview changes it.',
  kills: { 'PREVIEW-22': 'bytes and SHA-256 of each of the previews' },
  apply: (parts) => {
    let current = ''
    return {
      ...parts,
      fileUrls: (services) => {
        const fileUrls = parts.fileUrls(services)
        return {
          async resolve(session, id, signal) {
            current = await fileUrls.resolve(session, id, signal)
            return current
          },
        }
      },
      storage: (services) => {
        const storage = parts.storage(services)
        return {
          async open(_, request) {
            await services.redis.ping()
            return storage.open(current, request)
          },
        }
      },
    }
  },
})
