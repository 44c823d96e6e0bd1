import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { endOtherSessions } from './session-rule.ts'
import { signToken } from './sign-token.ts'
import { type StoredPair, TOKENS, type TokenStore } from './token-store.ts'

/** For whom, and on what grounds, a pair of tokens is made. */
export interface Grant {
  user: Row
  clientId: string
  /** The second factor was passed just now. */
  twoFaPassed?: boolean
  /** A renew: authorized without a second factor, but not `sudo`. */
  renewal?: boolean
  /** Runs right before the tokens are stored, in the same tick; throws to refuse. */
  commit?: () => Continuation
}

/** What a renew goes on with. */
export interface Continuation {
  session: number
  /** Leaves the user's other sessions alone: the renew joined one in flight that has ended them. */
  keepOthers: boolean
}

/**
 * Makes a pair of tokens: signs first, then checks, ends other sessions and stores in one tick, so that nothing comes in between.
 * Throws (500) for a blocked user, without a secret, and for a life that is no whole number of seconds. Source: A/handlers/tokenProvider.ts:34-60, 185-243.
 */
export async function issueTokens(world: World, grant: Grant): Promise<StoredPair> {
  const tokens = world.part(TOKENS)
  const { accessTokens, refreshTokens } = world.config.authentication
  const { user, clientId } = grant
  const life = accessTokens.expiryPeriod / 1000
  const authorized =
    user['hasTwoFA'] !== true || grant.renewal === true || grant.twoFaPassed === true
  const sudo = authorized && !grant.renewal
  for (;;) {
    const now = world.clock.now()
    const second = Math.floor(now / 1000)
    const shift = world.options.distinctTokens
      ? tokens.nextShift(`${user._id} ${authorized} ${sudo}`, second)
      : 0
    const claims = { id: user._id, authorized, sudo, iat: second + shift, exp: second + life }
    const secret = accessTokens.jwtSecret
    const padding = world.options.accessTokenPadding
    const token = await signToken(claims, { secret, padding }).catch((error: unknown) => ({
      error,
    }))
    if (typeof token === 'string' && world.options.distinctTokens && tokens.has(token)) continue
    const session = clearTheWay(world, tokens, grant)
    if (typeof token !== 'string') throw token.error
    return tokens.insert({
      userId: user._id,
      clientId,
      session,
      issuedAt: now,
      access: { token, claims, expiresAt: claims.exp * 1000, secret },
      refresh:
        refreshTokens.enabled && authorized
          ? {
              token: world.ids.bytes(64).toString('base64'),
              expiresAt: now + refreshTokens.expiryPeriod,
            }
          : undefined,
    })
  }
}

function clearTheWay(world: World, tokens: TokenStore, grant: Grant): number | undefined {
  const { user, clientId } = grant
  const continued = grant.commit?.()
  if (!continued?.keepOthers)
    endOtherSessions(tokens, world.config.authentication.clients, { userId: user._id, clientId })
  if (user['active'] !== true) throw new Error('User is blocked or deleted')
  if (grant.twoFaPassed) tokens.setTwoFaRequired(user._id, false)
  return continued?.session
}
