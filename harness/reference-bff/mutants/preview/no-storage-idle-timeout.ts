import { createHttp } from '../../conduit-http.ts'
import { defineMutant } from '../mutant.ts'

export const noStorageIdleTimeout = defineMutant({
  name: 'no-storage-idle-timeout',
  defect: 'Once the storage host has begun, it may stop for as long as it likes.',
  kills: { 'PREVIEW-25': 'the end when storage stops in the middle' },
  apply: (parts) => ({
    ...parts,
    http(services) {
      const http = parts.http(services)
      const patient = createHttp({ settings: { ...services.settings, storageIdleMs: 600_000 } })
      return {
        ...http,
        open: (...call) => patient.open(...call),
        async close() {
          await Promise.all([http.close(), patient.close()])
        },
      }
    },
  }),
})
