import { createStorage } from '../../storage.ts'
import { defineMutant } from '../mutant.ts'

export const noStorageTimeout = defineMutant({
  name: 'no-storage-timeout',
  defect: 'The storage host may take as long as it likes to begin.',
  kills: { 'PREVIEW-25': 'the answer when storage sends no headers' },
  apply: (parts) => ({
    ...parts,
    storage: ({ http, settings }) =>
      createStorage({ http, settings: { ...settings, upstreamMs: 600_000 } }),
  }),
})
