import { unavailable } from '../../failure.ts'
import { createStorage } from '../../storage.ts'
import { defineMutant } from '../mutant.ts'

export const storageOriginByPrefix = defineMutant({
  name: 'storage-origin-by-prefix',
  defect: 'A URL that begins with the storage origin counts as one of it.',
  kills: {
    'PREVIEW-20': 'calls of a foreign host when the backend names the storage host as a user',
  },
  apply: (parts) => ({
    ...parts,
    storage: ({ http, settings }) => {
      const anywhere = createStorage({ http, settings: { ...settings, storageOrigin: undefined } })
      return {
        async open(url, request) {
          if (!url.startsWith(settings.storageOrigin ?? 'http'))
            throw unavailable(502, 'storage_url_refused')
          return anywhere.open(url, request)
        },
      }
    },
  }),
})
