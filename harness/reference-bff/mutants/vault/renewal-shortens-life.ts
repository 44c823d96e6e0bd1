import { afterReplace } from '../after-replace.ts'
import { defineMutant } from '../mutant.ts'

export const renewalShortensLife = defineMutant({
  name: 'renewal-shortens-life',
  defect:
    'A renewal gives the entry the life of the access token: an hour later the user is signed out.',
  kills: { 'VAULT-14': 'the life of the entry after a renewal' },
  apply: (parts) => afterReplace(parts, (redis, key) => redis.expire(key, 3600)),
})
