import { SESSION_SECONDS } from '../../vault.ts'
import { defineMutant } from '../mutant.ts'

export const renewalProlongsSession = defineMutant({
  name: 'renewal-prolongs-session',
  defect: 'Each renewal gives the session its seven days again, so that one in use never ends.',
  kills: { 'SESSION-19': 'the life of a session in the vault after a renewal' },
  apply: (parts) => ({
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      return {
        ...vault,
        async replace(key, generation, next) {
          const isSaved = await vault.replace(key, generation, next)
          await services.redis.expire(`vault:${key}`, SESSION_SECONDS)
          return isSaved
        },
      }
    },
  }),
})
