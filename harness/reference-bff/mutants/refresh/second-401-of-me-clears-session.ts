import { defineMutant } from '../mutant.ts'
import { afterCalls, isMe } from '../route-calls.ts'

export const second401OfMeClearsSession = defineMutant({
  name: 'second-401-of-me-clears-session',
  defect:
    'Asking who is signed in ends the session when the backend answers 401 after the renewal too, whatever it says.',
  kills: { 'REFRESH-09': 'the session after me met 401 "2FA is required"' },
  apply: (parts) =>
    afterCalls(parts, isMe, async ({ status }, { session, services }) => {
      if (status === 401) await services.vault.remove(session.key)
      return undefined
    }),
})
