import type { ConduitConfig } from '../world/config.ts'
import type { TokenStore } from './token-store.ts'

type ClientRules = ConduitConfig['authentication']['clients']

const ANONYMOUS_CLIENT = 'anonymous-client'

interface Subject {
  userId: string
  clientId: string
}

/** Which tokens of a user end when a new pair is made for them. Applied on every issue. Source: A/handlers/tokenProvider.ts:101-123. */
export function endOtherSessions(
  tokens: TokenStore,
  rules: ClientRules,
  { userId, clientId }: Subject,
): void {
  if (!rules.multipleUserSessions) {
    const everywhere = clientId === ANONYMOUS_CLIENT || !rules.multipleClientLogins
    tokens.revoke(userId, (record) => everywhere || record.clientId === clientId)
  } else if (!rules.multipleClientLogins) {
    tokens.revoke(userId, (record) => record.clientId !== clientId)
  }
}

/** Serials of the tokens that a logout with this access token ends. Source: A/handlers/tokenProvider.ts:125-149. */
export function sessionsToLogOut(
  tokens: TokenStore,
  rules: ClientRules,
  { userId, clientId, token }: Subject & { token: string },
): number[] {
  const live = tokens.liveOf(userId)
  if (!rules.multipleUserSessions) {
    const everywhere = clientId === ANONYMOUS_CLIENT || !rules.multipleClientLogins
    return live
      .filter((record) => everywhere || record.clientId === clientId)
      .map(({ serial }) => serial)
  }
  const own = live.find((record) => record.token === token)
  return live.filter((record) => record.generation === own?.generation).map(({ serial }) => serial)
}
