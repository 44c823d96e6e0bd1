import { Problem } from './problem.ts'
import type { Settings } from './settings.ts'

export interface Asked {
  method?: 'GET' | 'POST'
  token?: string
  body?: string | undefined
  /** Ends the call together with the browser's. */
  signal?: AbortSignal
  patienceMs?: number
}

export interface Answered {
  status: number
  text: string
}

/** One call of the Client API over fetch; a call that brings no whole answer is a 502 or 504. */
export async function ask(
  { backend, patienceMs }: Settings,
  path: string,
  { method = 'GET', token, body, signal, patienceMs: ownPatience }: Asked,
): Promise<Answered> {
  const stop = new AbortController()
  const timer = setTimeout(() => {
    stop.abort()
  }, ownPatience ?? patienceMs)
  const leave = () => {
    stop.abort()
  }
  signal?.addEventListener('abort', leave)
  try {
    const answer = await fetch(`${backend}${path}`, {
      method,
      redirect: 'manual',
      signal: stop.signal,
      headers: {
        'cache-control': 'no-cache',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    })
    return { status: answer.status, text: await answer.text() }
  } catch (cause) {
    throw new Problem(stop.signal.aborted ? 504 : 502, 'no-answer', { cause })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', leave)
  }
}

/** The JSON of a 200; any other status becomes a problem, 5xx and redirects a 502. */
export function jsonOf({ status, text }: Answered): unknown {
  if (status !== 200) throw new Problem(status >= 400 && status < 500 ? status : 502, 'refused')
  try {
    return JSON.parse(text) as unknown
  } catch (cause) {
    throw new Problem(502, 'nonsense', { cause })
  }
}
