import { defineMutant } from '../mutant.ts'

export const resolvesTwice = defineMutant({
  name: 'resolves-twice',
  defect:
    'The presigned URL is asked for once to see whether the file is there, and once more to fetch it.',
  kills: { 'PREVIEW-02': 'getFileUrl calls' },
  apply: (parts) => ({
    ...parts,
    fileUrls: (services) => {
      const fileUrls = parts.fileUrls(services)
      return {
        async resolve(session, id, signal) {
          await fileUrls.resolve(session, id, signal)
          return fileUrls.resolve(session, id, signal)
        },
      }
    },
  }),
})
