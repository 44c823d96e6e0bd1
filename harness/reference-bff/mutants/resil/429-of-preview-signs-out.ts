import { defineMutant } from '../mutant.ts'
import { afterCalls, isFileUrl } from '../route-calls.ts'

export const tooManyPreviewsSignOut = defineMutant({
  name: '429-of-preview-signs-out',
  defect: 'A preview for which the backend has no time ends the session; a list does not.',
  kills: { 'RESIL-11': 'the same session after the 429 of preview' },
  apply: (parts) =>
    afterCalls(parts, isFileUrl, async ({ status }, { session, services }) => {
      if (status === 429) await services.vault.remove(session.key)
      return undefined
    }),
})
