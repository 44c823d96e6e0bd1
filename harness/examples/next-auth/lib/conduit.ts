import { setTimeout as pause } from 'node:timers/promises'
import { Problem, signedOut } from './problem'
import { settings } from './settings'
import {
  aloneInVault,
  emptyVault,
  readVault,
  replaceInVault,
  tokensFrom,
  type Entry,
  type Tokens,
} from './vault'

const CALL_MS = 7000
/** A renewal given up early would spend its refresh token twice. */
const RENEW_MS = 60_000
const WAIT_MS = 9000
const PAUSE_MS = 40

export interface Call {
  method?: 'GET' | 'POST'
  body?: unknown
  signal?: AbortSignal
}

export interface Answer {
  status: number
  /** Parsed JSON; undefined when it is none. */
  data: unknown
}

/** One exchange with Conduit. Any status is an answer; no answer is a 502 or 504. `no-store` keeps Next's own cache out. */
async function send(
  path: string,
  token: string | undefined,
  { method = 'GET', body, signal }: Call = {},
  ms = CALL_MS,
): Promise<Answer> {
  const late = AbortSignal.timeout(ms)
  try {
    const response = await fetch(`${settings().conduitUrl}${path}`, {
      method,
      cache: 'no-store',
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, late]) : late,
      headers: {
        'cache-control': 'no-cache',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, data: parsed(await response.text()) }
  } catch {
    throw new Problem(late.aborted ? 504 : 502, 'backend-away')
  }
}

/** The pair for right credentials; undefined for wrong ones. */
export async function logIn(email: string, password: string): Promise<Tokens | undefined> {
  const body = { email, password }
  const { status, data } = await send('/authentication/local', undefined, { method: 'POST', body })
  if (status >= 500) throw new Problem(502, 'backend-failed')
  return status === 200 ? tokensFrom(data) : undefined
}

/** Ends a session: here for certain, at Conduit as far as it answers. */
export async function logOut(key: string): Promise<void> {
  const entry = await readVault(key)
  await emptyVault(key)
  if (entry) await giveBack(entry.tokens)
}

const giveBack = ({ accessToken }: Tokens) =>
  send('/authentication/logout', accessToken, { method: 'POST' }, 2000).catch(() => undefined)

/** Calls in a session's name. A 401 renews once, over all instances, and repeats once; a second 401 is the answer. */
export async function conduit(key: string, path: string, call: Call = {}): Promise<Answer> {
  const entry = await mustRead(key)
  const first = await send(path, entry.tokens.accessToken, call)
  if (first.status !== 401) return first
  const { tokens } = await after(key, entry)
  return send(path, tokens.accessToken, call)
}

async function mustRead(key: string): Promise<Entry> {
  const entry = await readVault(key)
  if (!entry) throw signedOut()
  return entry
}

/** The entry that follows `old`. Whoever gets the lock renews, and goes on when its browser has left; the others look again. */
async function after(key: string, old: Entry): Promise<Entry> {
  for (let waited = 0; waited < WAIT_MS; waited += PAUSE_MS) {
    const entry = await mustRead(key)
    if (entry.text !== old.text) return entry
    const renewal = aloneInVault(key, () => renew(key, old))
    renewal.catch(() => undefined)
    const late = pause(WAIT_MS, 'late' as const, { ref: false })
    const renewed = await Promise.race([renewal, late])
    if (renewed === 'late') break
    if (renewed) return renewed
    await pause(PAUSE_MS)
  }
  throw new Problem(503, 'renewing')
}

async function renew(key: string, old: Entry): Promise<Entry> {
  const entry = await mustRead(key)
  if (entry.text !== old.text) return entry
  const { status, data } = await send(
    '/authentication/renew',
    entry.tokens.refreshToken,
    { method: 'POST' },
    RENEW_MS,
  )
  if (status === 400 || status === 401 || status === 403) {
    await emptyVault(key, entry)
    throw signedOut()
  }
  if (status !== 200) throw new Problem(503, 'renewal-failed')
  const tokens = tokensFrom(data)
  if (!(await replaceInVault(key, entry, tokens))) await giveBack(tokens)
  return mustRead(key)
}

/** What a 200 holds; of everything else only the status goes on. */
export function dataOf({ status, data }: Answer): unknown {
  if (status === 200 && data !== undefined) return data
  throw new Problem(status >= 400 && status < 500 ? status : 502, 'refused')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}
