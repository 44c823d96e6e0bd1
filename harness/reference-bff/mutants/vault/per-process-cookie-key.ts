import { createHmac, randomBytes } from 'node:crypto'
import { defineMutant } from '../mutant.ts'

export const perProcessCookieKey = defineMutant({
  name: 'per-process-cookie-key',
  defect:
    'Each process derives the vault key from the cookie with a secret of its own, made at its start.',
  kills: { 'VAULT-05': 'list on the other instances' },
  collateral: ['VAULT-07', 'VAULT-08', 'REFRESH-05'],
  apply: (parts) => ({
    ...parts,
    sessions: (services) => {
      const secret = randomBytes(32)
      return Object.assign(parts.sessions(services), {
        keyOf: (id: string) => createHmac('sha256', secret).update(id).digest('hex'),
      })
    },
  }),
})
