import type { Redis } from 'ioredis'
import type { Parts } from '../services.ts'
import { wrappedReplace } from './wrapped-replace.ts'

/** The parts with a vault that does something to the entry's key once a renewal has been saved. */
export function afterReplace(
  parts: Parts,
  act: (redis: Redis, vaultKey: string) => Promise<unknown>,
): Parts {
  return wrappedReplace(parts, (replace, { services }) => async (key, generation, next) => {
    const isSaved = await replace(key, generation, next)
    if (isSaved) await act(services.redis, `vault:${key}`)
    return isSaved
  })
}
