import { setTimeout as delay } from 'node:timers/promises'
import { waitAtMost } from './deadline.ts'
import { sessionOver, unavailable } from './failure.ts'
import type { Services } from './services.ts'
import type { Entry } from './vault.ts'

/** Renews each generation of a session once, over all instances. */
export interface Renewal {
  /**
   * The entry that follows `used`: the current one when somebody renewed already, a renewed one otherwise.
   * 401 and the end of the session when the backend refuses for good; 502–504, session kept, when it cannot say.
   * Not bound to any caller: whoever leaves, the renewal is finished and saved.
   */
  renew(key: string, used: Entry): Promise<Entry>
  /** Resolves when no renewal is under way in this process. */
  idle(): Promise<void>
}

type Needs = Pick<Services, 'settings' | 'vault' | 'leases' | 'authentication'>

const LOOK_AGAIN_MS = 40

export function createRenewal(services: Needs): Renewal {
  const flights = new Map<string, Promise<Entry>>()
  const begin = (id: string, key: string, used: Entry) => {
    const flight = settle(services, key, used).finally(() => flights.delete(id))
    flight.catch(() => undefined)
    flights.set(id, flight)
    return flight
  }
  return {
    renew(key, used) {
      const id = `${key}:${used.generation}`
      const flight = flights.get(id) ?? begin(id, key, used)
      return waitAtMost(services.settings.renewWaitMs, flight, () =>
        unavailable(503, 'renewal_pending'),
      )
    },
    async idle() {
      await Promise.allSettled(flights.values())
    },
  }
}

/** Waits for the instance that renews, or becomes it. */
async function settle(services: Needs, key: string, used: Entry): Promise<Entry> {
  const { vault, leases, settings } = services
  const giveUpAt = performance.now() + settings.renewWaitMs
  do {
    const current = await vault.read(key)
    if (!current) throw sessionOver()
    if (current.generation !== used.generation) return current
    const lease = await leases.acquire(key)
    if (lease) return await renewHolding(services, key, used).finally(() => lease.release())
    await delay(LOOK_AGAIN_MS)
  } while (performance.now() < giveUpAt)
  throw unavailable(503, 'renewal_pending')
}

async function renewHolding(services: Needs, key: string, used: Entry): Promise<Entry> {
  const { vault, authentication } = services
  const current = await vault.read(key)
  if (!current) throw sessionOver()
  if (current.generation !== used.generation) return current
  const outcome = await authentication.renew(current.tokens.refreshToken)
  if (outcome.kind === 'unavailable') throw outcome.failure
  if (outcome.kind === 'ended') {
    if (await vault.removeIf(key, current.generation)) throw sessionOver()
    return movedOn(services, key)
  }
  const next = { ...current, generation: current.generation + 1, tokens: outcome.tokens }
  if (await vault.replace(key, current.generation, next)) return next
  // Somebody signed out meanwhile: nobody may use these tokens.
  await authentication.signOut(outcome.tokens)
  return movedOn(services, key)
}

async function movedOn({ vault }: Needs, key: string): Promise<Entry> {
  const newer = await vault.read(key)
  if (!newer) throw sessionOver()
  return newer
}
