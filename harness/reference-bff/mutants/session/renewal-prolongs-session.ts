import { SESSION_SECONDS } from '../../vault.ts'
import { afterReplace } from '../after-replace.ts'
import { defineMutant } from '../mutant.ts'

export const renewalProlongsSession = defineMutant({
  name: 'renewal-prolongs-session',
  defect: 'Each renewal gives the session its seven days again, so that one in use never ends.',
  kills: { 'SESSION-19': 'the life of a session in the vault after a renewal' },
  apply: (parts) => afterReplace(parts, (redis, key) => redis.expire(key, SESSION_SECONDS)),
})
