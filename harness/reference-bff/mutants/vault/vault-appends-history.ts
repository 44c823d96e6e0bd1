import type { Tokens } from '../../vault.ts'
import { defineMutant } from '../mutant.ts'
import { savingOtherwise } from '../saved-entry.ts'

export const vaultAppendsHistory = defineMutant({
  name: 'vault-appends-history',
  defect: 'The sealed entry of a session keeps all pairs that it ever had.',
  kills: { 'VAULT-15': 'bytes in the vault after 4 renewals' },
  apply: (parts) => {
    const histories = new Map<string, Tokens[]>()
    return savingOtherwise(parts, (next, before) => {
      const history = [...(histories.get(next.userId) ?? []), before.tokens]
      histories.set(next.userId, history)
      return { ...next, tokens: Object.assign({ history }, next.tokens) }
    })
  },
})
