import type { JournalEntry } from '../control/types.ts'
import type { WireRequest } from '../wire/message.ts'
import type { World } from '../world/world.ts'

/** Which token of whom a request carries (header or cookie), judged on arrival; for journal, faults and gates. */
export function identifyToken(_world: World, _request: WireRequest): JournalEntry['token'] {
  return undefined
}
