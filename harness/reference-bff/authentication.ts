import { z } from 'zod'
import type { BackendAnswer } from './conduit-http.ts'
import { BffFailure, retryAfterOf, unavailable } from './failure.ts'
import type { Services } from './services.ts'
import type { Tokens } from './vault.ts'

/** What became of a renewal. */
export type RenewOutcome =
  | { kind: 'tokens'; tokens: Tokens }
  /** The refresh token is of no use any more. */
  | { kind: 'ended' }
  /** Nobody knows; the refresh token may still be good. */
  | { kind: 'unavailable'; failure: BffFailure }

/** The backend's authentication routes. */
export interface Authentication {
  /** 401 for wrong credentials, 403 for a blocked user, 5xx when the backend fails. */
  signIn(email: string, password: string): Promise<Tokens>
  /** Where a browser begins a login at the provider, which ends at `redirectUri` with a token pair in the query. */
  socialLoginUrl(redirectUri: string): Promise<string>
  renew(refreshToken: string): Promise<RenewOutcome>
  /** Ends a token pair as well as it goes; a failure is nobody's concern. */
  signOut(tokens: Tokens): Promise<void>
}

const tokensSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
})

const addressSchema = z.object({ result: z.url() })

/** Conduit refuses a renewal with 400 (unknown, used, expired) and 403 (blocked), not only with 401 (contract, section 4). */
const TERMINAL = [400, 401, 403]
const SIGN_OUT_MS = 3000

export function createAuthentication({
  http,
  settings,
}: Pick<Services, 'http' | 'settings'>): Authentication {
  const renew = async (refreshToken: string): Promise<RenewOutcome> => {
    try {
      const answer = await http.backend(
        { method: 'POST', path: '/authentication/renew', deadlineMs: settings.renewMs },
        refreshToken,
      )
      if (TERMINAL.includes(answer.status)) return { kind: 'ended' }
      if (answer.status !== 200) return { kind: 'unavailable', failure: outage(answer) }
      return { kind: 'tokens', tokens: tokensIn(answer) }
    } catch (error) {
      if (error instanceof BffFailure) return { kind: 'unavailable', failure: error }
      throw error
    }
  }
  const signOutWith = async (accessToken: string) =>
    http.backend(
      { method: 'POST', path: '/authentication/logout', deadlineMs: SIGN_OUT_MS },
      accessToken,
    )
  return {
    async signIn(email, password) {
      const answer = await http.backend({
        method: 'POST',
        path: '/authentication/local',
        json: { email, password },
      })
      if (answer.status === 200) return tokensIn(answer)
      if (answer.status === 429) throw outage(answer)
      if (answer.status >= 500) throw unavailable(502, 'backend_failed')
      throw answer.status === 403
        ? new BffFailure(403, 'account_not_active')
        : new BffFailure(401, 'wrong_credentials')
    },
    async socialLoginUrl(redirectUri) {
      const answer = await http.backend({
        method: 'GET',
        path: '/authentication/init/google',
        query: { redirectUri },
      })
      if (answer.status !== 200) throw unavailable(502, 'backend_failed')
      return addressIn(answer)
    },
    renew,
    async signOut({ accessToken, refreshToken }) {
      try {
        if ((await signOutWith(accessToken)).status !== 401) return
        // An expired access token cannot sign out, and its refresh token would live on.
        const outcome = await renew(refreshToken)
        if (outcome.kind === 'tokens') await signOutWith(outcome.tokens.accessToken)
      } catch (error) {
        if (!(error instanceof BffFailure)) throw error
      }
    },
  }
}

function outage({ status, headers }: BackendAnswer): BffFailure {
  return status === 429
    ? new BffFailure(503, 'backend_busy', { retryAfter: retryAfterOf(headers) })
    : unavailable(502, 'backend_failed')
}

function addressIn({ text }: BackendAnswer): string {
  try {
    return addressSchema.parse(JSON.parse(text)).result
  } catch (cause) {
    throw unavailable(502, 'backend_answer_invalid', cause)
  }
}

function tokensIn({ text }: BackendAnswer): Tokens {
  try {
    return tokensSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw unavailable(502, 'backend_answer_invalid', cause)
  }
}
