import { defineMutant } from '../mutant.ts'

export const logsStorageUrl = defineMutant({
  name: 'logs-storage-url',
  defect:
    'The URL of a file that the storage host does not hand out is printed, with its signature.',
  kills: { 'LEAK-20': 'secrets in what the target printed' },
  needsProcess: true,
  apply: (parts) => ({
    ...parts,
    storage: (services) => {
      const storage = parts.storage(services)
      return {
        ...storage,
        async open(url, request) {
          const answer = await storage.open(url, request)
          if (answer.status >= 400)
            process.stderr.write(`storage answered ${answer.status} for ${url}\n`)
          return answer
        },
      }
    },
  }),
})
