import { defineMutant } from '../mutant.ts'

export const renewalDropsTtl = defineMutant({
  name: 'renewal-drops-ttl',
  defect: 'A renewal writes the entry anew and does not set its time to live again.',
  kills: { 'VAULT-14': 'keys that never go by themselves after a renewal' },
  apply: (parts) => ({
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      return {
        ...vault,
        async replace(key, generation, next) {
          const done = await vault.replace(key, generation, next)
          if (done) await services.redis.persist(`vault:${key}`)
          return done
        },
      }
    },
  }),
})
