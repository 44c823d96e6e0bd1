import { defineMutant } from '../mutant.ts'
import { changedCookie } from '../session-cookie.ts'

export const wipedVaultKeepsCookie = defineMutant({
  name: 'wiped-vault-keeps-cookie',
  defect: 'The cookie of a session that is gone is never expired.',
  kills: { 'VAULT-10': 'session cookies left in the browser' },
  collateral: ['SESSION-07'],
  apply: (parts) =>
    changedCookie(parts, (cookie, kind) =>
      kind === 'expired' ? 'bff_none=; Max-Age=0; Path=/' : cookie,
    ),
})
