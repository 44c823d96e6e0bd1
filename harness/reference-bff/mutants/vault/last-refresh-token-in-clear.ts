import { defineMutant } from '../mutant.ts'
import { savingOtherwise } from '../saved-entry.ts'

export const lastRefreshTokenInClear = defineMutant({
  name: 'last-refresh-token-in-clear',
  defect: 'The refresh token before the current one is kept for support cases, in Base64.',
  kills: { 'VAULT-15': 'refresh tokens in the vault after 4 renewals that were replaced' },
  apply: (parts) => ({
    ...parts,
    vault: (services) =>
      savingOtherwise(parts, (next, before) => {
        const token = Buffer.from(before.tokens.refreshToken).toString('base64')
        void services.redis.set(`support:${next.userId}`, token, 'EX', 86_400)
        return next
      }).vault(services),
  }),
})
