import { defineMutant } from '../mutant.ts'

export const cookieIsVaultKey = defineMutant({
  name: 'cookie-is-vault-key',
  defect:
    'The value of the cookie is the key in the vault: who can list keys can take over sessions.',
  kills: { 'VAULT-14': 'keys that hold the value of a cookie' },
  apply: (parts) => ({
    ...parts,
    sessions: (services) => Object.assign(parts.sessions(services), { keyOf: (id: string) => id }),
  }),
})
