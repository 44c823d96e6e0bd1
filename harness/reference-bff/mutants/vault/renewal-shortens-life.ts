import { defineMutant } from '../mutant.ts'

export const renewalShortensLife = defineMutant({
  name: 'renewal-shortens-life',
  defect:
    'A renewal gives the entry the life of the access token: an hour later the user is signed out.',
  kills: { 'VAULT-14': 'the life of the entry after a renewal' },
  apply: (parts) => ({
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      return {
        ...vault,
        async replace(key, generation, next) {
          const done = await vault.replace(key, generation, next)
          if (done) await services.redis.expire(`vault:${key}`, 3600)
          return done
        },
      }
    },
  }),
})
