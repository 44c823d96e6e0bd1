import type { Entry } from '../../vault.ts'
import { defineMutant } from '../mutant.ts'

export const sessionCachePerInstance = defineMutant({
  name: 'session-cache-per-instance',
  defect:
    'Each instance caches the sessions that it has seen, and learns of a logout on another instance only by chance.',
  kills: { 'VAULT-08': /with the cookies from before the logout, instance 2/ },
  collateral: ['REFRESH-05'],
  apply: (parts) => ({
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      const seen = new Map<string, Entry>()
      return {
        ...vault,
        async read(key) {
          const entry = seen.get(key) ?? (await vault.read(key))
          if (entry) seen.set(key, entry)
          return entry
        },
        async replace(key, generation, next) {
          seen.delete(key)
          return vault.replace(key, generation, next)
        },
        async remove(key) {
          seen.delete(key)
          await vault.remove(key)
        },
        async removeIf(key, generation) {
          seen.delete(key)
          return vault.removeIf(key, generation)
        },
      }
    },
  }),
})
