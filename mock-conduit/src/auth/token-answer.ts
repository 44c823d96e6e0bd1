import type { CookieSpec } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { type Grant, issueTokens } from './issue-tokens.ts'
import type { StoredPair } from './token-store.ts'

type CookieOptions = World['config']['authentication']['accessTokens']['cookieOptions']

/** What Conduit answers when it gives tokens: in the body, or as cookies instead. */
export interface TokenAnswer {
  accessToken?: string | undefined
  refreshToken?: string | undefined
  result?: { accessToken?: string | undefined; refreshToken?: string | undefined }
  setCookies?: CookieSpec[]
}

/** Issues tokens and puts them into an answer. Source: A/handlers/tokenProvider.ts:34-80. */
export async function giveTokens(world: World, grant: Grant): Promise<TokenAnswer> {
  return tokenAnswer(world, await issueTokens(world, grant))
}

/** The answer that hands over a pair. A token that goes out as a cookie is not in the body. */
export function tokenAnswer(world: World, { access, refresh }: StoredPair): TokenAnswer {
  const { accessTokens, refreshTokens } = world.config.authentication
  const setCookies: CookieSpec[] = []
  if (accessTokens.setCookie)
    setCookies.push(tokenCookie('accessToken', access.token, accessTokens))
  if (refresh && refreshTokens.setCookie)
    setCookies.push(tokenCookie('refreshToken', refresh.token, refreshTokens))
  if (setCookies.length === 0) return { accessToken: access.token, refreshToken: refresh?.token }
  return {
    result: {
      accessToken: accessTokens.setCookie ? undefined : access.token,
      refreshToken: refreshTokens.setCookie ? undefined : refresh?.token,
    },
    setCookies,
  }
}

interface CookieConfig {
  expiryPeriod: number
  cookieOptions: CookieOptions
}

/** Conduit hands express seconds where it wants milliseconds, so cookies live a thousandth of their token. Source: A/handlers/tokenProvider.ts:246-266. */
function tokenCookie(
  name: string,
  value: string,
  { expiryPeriod, cookieOptions }: CookieConfig,
): CookieSpec {
  return { name, value, options: { ...cookieOptions, maxAgeMs: expiryPeriod / 1000 } }
}

/** Clears a token's cookie. */
export function clearedCookie(
  name: string,
  { cookieOptions }: Pick<CookieConfig, 'cookieOptions'>,
): CookieSpec {
  return { name, value: '', options: { ...cookieOptions, expired: true } }
}
