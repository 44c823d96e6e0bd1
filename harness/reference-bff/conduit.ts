import type { BackendAnswer, BackendCall } from './conduit-http.ts'
import { BffFailure, retryAfterOf, unavailable } from './failure.ts'
import type { Services } from './services.ts'
import type { Session } from './sessions.ts'

/** Calls the backend for a session. */
export interface Conduit {
  /** Sends with the session's access token; after a 401 once more with a renewed one. Answers come as they are, a second 401 too. */
  send(session: Session, call: BackendCall): Promise<BackendAnswer>
  /** As `send`, and reads the JSON of a 2xx; every other status becomes a failure of the BFF's own. */
  json(session: Session, call: BackendCall): Promise<unknown>
}

/** Statuses that say something about the request and are the browser's to know. */
const PASSED_ON: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'not_allowed_now',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
  422: 'unprocessable',
  429: 'too_many_requests',
}

export function createConduit({ http, renewal }: Pick<Services, 'http' | 'renewal'>): Conduit {
  const send: Conduit['send'] = async (session, call) => {
    const used = session.entry
    const first = await http.backend(call, used.tokens.accessToken)
    if (first.status !== 401) return first
    session.entry = await renewal.renew(session.key, used)
    return http.backend(call, session.entry.tokens.accessToken)
  }
  return {
    send,
    async json(session, call) {
      const answer = await send(session, call)
      if (answer.status < 200 || answer.status > 299) throw refusalOf(answer)
      try {
        return JSON.parse(answer.text) as unknown
      } catch (cause) {
        throw unavailable(502, 'backend_answer_invalid', cause)
      }
    },
  }
}

/** The BFF's own words for what the backend refused. */
export function refusalOf({ status, headers }: BackendAnswer): BffFailure {
  const code = PASSED_ON[status]
  if (code !== undefined) return new BffFailure(status, code, { retryAfter: retryAfterOf(headers) })
  return status >= 400 && status < 500
    ? new BffFailure(status, 'refused')
    : unavailable(502, 'backend_failed')
}
