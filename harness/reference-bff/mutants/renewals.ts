import { sessionOver } from '../failure.ts'
import type { Renewal } from '../renewal.ts'
import type { Services } from '../services.ts'
import type { Entry } from '../vault.ts'

/** Answers every 401 with the end of the wait, never with a renewal. */
export const withoutRenewal = (): Renewal => ({
  renew: (_, used) => Promise.resolve(used),
  idle: () => Promise.resolve(),
})

/** Renews an entry without any lock: the naive core that several mutants share. */
export async function renewNow(
  { authentication, vault }: Services,
  key: string,
  used: Entry,
): Promise<Entry> {
  const outcome = await authentication.renew(used.tokens.refreshToken)
  if (outcome.kind === 'unavailable') throw outcome.failure
  if (outcome.kind === 'ended') {
    await vault.removeIf(key, used.generation)
    throw sessionOver()
  }
  const next = { ...used, generation: used.generation + 1, tokens: outcome.tokens }
  await vault.replace(key, used.generation, next)
  return next
}
