import type { CookieSpec, RouteContext, RouteDef } from '../wire/route.ts'
import { raceWindow } from '../world/race-window.ts'
import type { World } from '../world/world.ts'
import { callerOf, requireSudo, requireUser } from './middleware.ts'
import { dropPassword } from './passwords.ts'
import { RACE_WINDOW_MS, renew, requireRefreshToken } from './renew.ts'
import { sessionsToLogOut } from './session-rule.ts'
import { clearedCookie } from './token-answer.ts'
import { TOKENS } from './token-store.ts'
import { forgetEntity } from './team-relations.ts'
import { patchUser } from './user-directory.ts'
import { flattenUser } from './user-model.ts'
import { checkUserData, keptUserData } from './user-data.ts'

async function logOut(context: RouteContext): Promise<unknown> {
  const { world, caller, clientId } = context
  const tokens = world.part(TOKENS)
  const rules = world.config.authentication.clients
  const subject = { userId: callerOf(context)._id, clientId, token: caller?.token ?? '' }
  const ended = sessionsToLogOut(tokens, rules, subject)
  await raceWindow(world, RACE_WINDOW_MS)
  for (const serial of ended) {
    if (tokens.get(serial)?.fate === 'live') tokens.change(serial, { fate: 'revoked' })
  }
  const removeCookies = cookiesToRemove(world)
  return removeCookies.length > 0 ? { result: 'LoggedOut', removeCookies } : 'LoggedOut'
}

function cookiesToRemove(world: World): CookieSpec[] {
  const { accessTokens, refreshTokens } = world.config.authentication
  return [
    ...(refreshTokens.enabled && refreshTokens.setCookie
      ? [clearedCookie('refreshToken', refreshTokens)]
      : []),
    ...(accessTokens.setCookie ? [clearedCookie('accessToken', accessTokens)] : []),
  ]
}

function deleteUser(context: RouteContext): Promise<unknown> {
  requireSudo(context)
  const { world } = context
  const { _id } = callerOf(context)
  world.store.table('User').delete(_id)
  dropPassword(world, _id)
  forgetEntity(world, `User:${_id}`)
  return logOut(context)
}

function updateUser(context: RouteContext): unknown {
  const { world, bodyParams } = context
  const { userData } = bodyParams
  checkUserData(userData)
  const updated = patchUser(world, callerOf(context)._id, keptUserData(world, userData))
  return updated && flattenUser(updated)
}

/** `/authentication/user`, `/renew` and `/logout`; there when any strategy that counts is on. Source: A/handlers/common.ts:137-212. */
export function commonRoutes({ config }: World): RouteDef[] {
  const middlewares = [requireUser]
  return [
    { method: 'GET', path: '/authentication/user', middlewares, handler: callerOf },
    { method: 'DELETE', path: '/authentication/user', middlewares, handler: deleteUser },
    {
      method: 'PATCH',
      path: '/authentication/user',
      body: { userData: { type: 'JSON', required: true } },
      middlewares,
      handler: updateUser,
    },
    ...(config.authentication.refreshTokens.enabled
      ? [
          {
            method: 'POST' as const,
            path: '/authentication/renew',
            middlewares: [requireRefreshToken],
            handler: renew,
          },
        ]
      : []),
    { method: 'POST', path: '/authentication/logout', middlewares, handler: logOut },
  ]
}
