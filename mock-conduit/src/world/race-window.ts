import { realDelay } from './clock.ts'
import type { World } from './world.ts'

/**
 * Holds a request of rotation `racy` for about `ms` real milliseconds, so that requests sent together meet as they do at
 * the backend; the other rotations do not wait. It waits millisecond by millisecond: a process that was kept from running
 * loses one of them and not the whole window, and reads the requests that came meanwhile before the next.
 */
export async function raceWindow({ options }: World, ms: number): Promise<void> {
  if (options.rotation !== 'racy') return
  for (let left = ms; left > 0; left -= 1) await realDelay(1)
}
