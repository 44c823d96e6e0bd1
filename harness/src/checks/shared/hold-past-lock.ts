import { until } from '../../instruments/settle.ts'
import type { KeyLives } from '../../instruments/vault-content.ts'

/** A lock that outlives this makes everybody wait longer than browsers do. */
const SANE_LOCK_MS = 40_000
/** Where no lock can be seen. */
const BLIND_HOLD_MS = 20_000
const LOOK_EVERY_MS = 250
/** Beyond the life of the lock. */
const MARGIN_MS = 500

interface Hold {
  lives: () => Promise<KeyLives>
  /** Keys from before the renewal. */
  before: KeyLives
  /** Whether the renewal is still under way. */
  isHeld: () => Promise<boolean>
}

/**
 * Lets a held renewal grow old: until the lock of it has run out, until it is seen to be prolonged, or until the target gives the renewal up.
 * A lock is a key that came with the renewal and would go by itself soon. Tells which of them came first.
 */
export async function holdPastLock({ lives, before, isHeld }: Hold): Promise<string> {
  const since = performance.now()
  const first = new Map(
    [...(await lives())].filter(
      ([key, life]) => !before.has(key) && life !== undefined && life <= SANE_LOCK_MS,
    ),
  )
  const life = Math.max(0, ...[...first.values()].map((each) => each ?? 0))
  const end = life > 0 ? life + MARGIN_MS : BLIND_HOLD_MS
  let how = life > 0 ? `its lock of ${Math.round(life / 1000)} s was over` : `${end} ms had passed`
  await until(
    end,
    async () => {
      const now = await lives()
      const passed = performance.now() - since
      const isProlonged = [...first].some(
        ([key, at]) => (now.get(key) ?? 0) > (at ?? 0) - passed + MARGIN_MS,
      )
      if (isProlonged) how = 'its lock was prolonged'
      else if (!(await isHeld())) how = 'the target gave it up'
      else return false
      return true
    },
    LOOK_EVERY_MS,
  )
  return how
}
