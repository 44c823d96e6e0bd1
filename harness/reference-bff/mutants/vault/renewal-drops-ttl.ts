import { afterReplace } from '../after-replace.ts'
import { defineMutant } from '../mutant.ts'

export const renewalDropsTtl = defineMutant({
  name: 'renewal-drops-ttl',
  defect: 'A renewal writes the entry anew and does not set its time to live again.',
  kills: { 'VAULT-14': 'keys that never go by themselves after a renewal' },
  apply: (parts) => afterReplace(parts, (redis, key) => redis.persist(key)),
})
