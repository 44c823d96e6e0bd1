import { defineMutant } from '../mutant.ts'

const namesOf = (userId: string) => `sessions-of:${userId}`

export const globalClearByUser = defineMutant({
  name: 'global-clear-by-user',
  defect: "A renewal that the backend refuses ends all of the user's sessions, not only its own.",
  kills: { 'REFRESH-11': /^the second browser's answer$/ },
  apply: (parts) => ({
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      const { redis } = services
      return {
        ...vault,
        async create(key, entry) {
          await vault.create(key, entry)
          await redis.sadd(namesOf(entry.userId), key)
        },
        async removeIf(key, generation) {
          const entry = await vault.read(key)
          const isRemoved = await vault.removeIf(key, generation)
          if (isRemoved && entry)
            for (const other of await redis.smembers(namesOf(entry.userId)))
              await vault.remove(other)
          return isRemoved
        },
      }
    },
  }),
})
