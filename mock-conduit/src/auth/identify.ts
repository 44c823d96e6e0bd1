import type { JournalEntry } from '../control/types.ts'
import type { WireRequest } from '../wire/message.ts'
import { readCookies } from '../wire/read-params.ts'
import type { World } from '../world/world.ts'
import { headerParts } from './read-token.ts'
import { type StoredToken, TOKENS, tokenState } from './token-store.ts'

const unknown: JournalEntry['token'] = {
  kind: 'unknown',
  userId: null,
  email: null,
  generation: 0,
  session: 0,
  state: 'unknown',
}

/** Which token of whom a request carries (header or cookie), judged on arrival; for journal, faults and gates. Looks the string up, verifies nothing. */
export function identifyToken(world: World, request: WireRequest): JournalEntry['token'] {
  const token = presentedToken(request)
  if (token === undefined) return undefined
  const record = world.part(TOKENS).pick(token)
  if (!record) return unknown
  const found = world.store.table('User').get(record.userId)?.['email']
  const email = typeof found === 'string' ? found : null
  const state = tokenState(record, world.clock.now())
  const last = lastShown.get(record)
  if (last?.email === email && last.state === state) return last
  const { kind, userId, generation, session } = record
  const shown = { kind, userId, email, generation, session, state }
  lastShown.set(record, shown)
  return shown
}

/** Shared by all requests that a token came with in one state. */
const lastShown = new WeakMap<StoredToken, NonNullable<JournalEntry['token']>>()

/** Whatever stands where a token should, however malformed the header is: the journal wants to know who leaked it. */
function presentedToken({ headers, path }: WireRequest): string | undefined {
  const header = headers['authorization']
  if (header !== undefined && header !== '') return headerParts(header).at(-1)
  const raw = headers['cookie']
  if (!raw?.includes('Token=')) return undefined
  const cookies = readCookies(raw)
  const [first, second] = path.toLowerCase().startsWith('/authentication/renew')
    ? ['refreshToken', 'accessToken']
    : ['accessToken', 'refreshToken']
  const token = cookies[first] ?? cookies[second]
  return typeof token === 'string' ? token : undefined
}
