import { defineMutant } from '../mutant.ts'
import { afterCalls } from '../route-calls.ts'
import { isCreate } from '../upstream-calls.ts'

export const outageOfCreateClearsSession = defineMutant({
  name: '5xx-of-create-clears-session',
  defect: 'A create that fails with 5xx ends the session; a list does not.',
  kills: { 'RESIL-01': /^the session after create meets 50[03]$/ },
  apply: (parts) =>
    afterCalls(parts, isCreate, async ({ status }, { session, services }) => {
      if (status >= 500) await services.vault.remove(session.key)
      return undefined
    }),
})
