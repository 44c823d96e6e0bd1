import { Redis } from 'ioredis'
import { defineMutant } from '../mutant.ts'

const EMPTY = `
for _, key in ipairs(redis.call('KEYS', 'vault:*')) do redis.call('DEL', key) end`

export const vaultEmptiedAtStart = defineMutant({
  name: 'vault-emptied-at-start',
  defect: 'To be rid of old sessions a process empties the vault when it starts.',
  kills: { 'VAULT-06': /^list after the restart/ },
  apply: (parts) => ({
    ...parts,
    settings: (services) => {
      const settings = parts.settings(services)
      const redis = new Redis(settings.redisUrl)
      void redis.eval(EMPTY, 0).finally(() => {
        redis.disconnect()
      })
      return settings
    },
  }),
})
