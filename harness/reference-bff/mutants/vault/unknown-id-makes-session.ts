import { defineMutant } from '../mutant.ts'

export const unknownIdMakesSession = defineMutant({
  name: 'unknown-id-makes-session',
  defect: 'A well-formed id that nobody issued becomes an empty session, kept for a day.',
  kills: { 'VAULT-11': /^keys that \d+ such cookies left in the vault$/ },
  apply: (parts) => ({
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      return {
        ...vault,
        async read(key) {
          const entry = await vault.read(key)
          if (!entry) await services.redis.set(`visitor:${key}`, '{}', 'EX', 86_400)
          return entry
        },
      }
    },
  }),
})
