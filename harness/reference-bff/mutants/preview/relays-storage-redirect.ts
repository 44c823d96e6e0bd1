import { textOf } from '../../preview-headers.ts'
import { defineMutant } from '../mutant.ts'
import { changedStorageFailure } from '../storage-failure.ts'

export const relaysStorageRedirect = defineMutant({
  name: 'relays-storage-redirect',
  defect: 'Where the storage host sends one, the browser is sent too.',
  kills: { 'PREVIEW-21': /^headers that pass a \d+ of storage on/ },
  apply: (parts) =>
    changedStorageFailure(
      parts,
      (c, { headers }) => c.redirect(textOf(headers, 'location') ?? '/', 302),
      300,
    ),
})
