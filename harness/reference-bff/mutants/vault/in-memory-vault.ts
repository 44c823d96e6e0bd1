import type { Entry } from '../../vault.ts'
import { defineMutant } from '../mutant.ts'

export const inMemoryVault = defineMutant({
  name: 'in-memory-vault',
  defect: 'The vault is a map of the process, which other instances do not see.',
  kills: { 'VAULT-05': 'list on the other instances' },
  collateral: ['VAULT-07', 'VAULT-08', 'REFRESH-05'],
  apply: (parts) => ({
    ...parts,
    vault: () => {
      const entries = new Map<string, Entry>()
      const isAt = (key: string, generation: number) => entries.get(key)?.generation === generation
      return {
        async create(key, entry) {
          entries.set(key, entry)
        },
        read: async (key) => entries.get(key),
        async replace(key, generation, next) {
          const isCurrent = isAt(key, generation)
          if (isCurrent) entries.set(key, next)
          return isCurrent
        },
        async remove(key) {
          entries.delete(key)
        },
        removeIf: async (key, generation) => isAt(key, generation) && entries.delete(key),
      }
    },
  }),
})
