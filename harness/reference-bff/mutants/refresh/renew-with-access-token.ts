import { defineMutant } from '../mutant.ts'

export const renewWithAccessToken = defineMutant({
  name: 'renew-with-access-token',
  defect: 'The renewal sends the access token where the refresh token belongs.',
  kills: { 'REFRESH-02': 'token in the Authorization header' },
  collateral: ['REFRESH-01', 'REFRESH-03', 'REFRESH-04', 'REFRESH-05'],
  apply: (parts) => ({
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      const swapped = (entry: Parameters<typeof vault.create>[1]) => ({
        ...entry,
        tokens: { ...entry.tokens, refreshToken: entry.tokens.accessToken },
      })
      return { ...vault, create: (key, entry) => vault.create(key, swapped(entry)) }
    },
  }),
})
