import {
  expireTokens,
  findUser,
  listTokens,
  listUsers,
  require2fa,
  revokeTokens,
  setActive,
} from '../../auth/decrees.ts'
import { nearestNames } from '../../wire/nearest.ts'
import type { World } from '../../world/world.ts'
import * as answers from '../answers.ts'
import { ControlError } from '../control-error.ts'
import { operation } from '../operation.ts'
import { expiry, nothing, tokensQuery } from '../schemas.ts'

export const userOperations = [
  operation({
    method: 'GET',
    path: '/users',
    summary: 'Users with their tokens.',
    answer: answers.users,
    handle: ({ world }) => ({ users: listUsers(world) }),
  }),
  operation({
    method: 'GET',
    path: '/tokens',
    summary: 'Every token the world minted, of one user if asked.',
    query: tokensQuery,
    answer: answers.tokens,
    handle: ({ world, query: { user } }) => ({
      tokens: listTokens(world, user === undefined ? undefined : userId(world, user)),
    }),
  }),
  operation({
    method: 'POST',
    path: '/users/:idOrEmail/expire',
    summary: 'Tokens of the user are expired now: access (default), refresh or both.',
    body: expiry,
    answer: answers.done,
    handle({ world, params, body }) {
      expireTokens(world, userId(world, params['idOrEmail']), body.what)
      return {}
    },
  }),
  decree('revoke', 'Tokens of the user are unknown to the backend from now on.', revokeTokens),
  decree('block', 'The user is blocked, as an operator does it.', (world, id) => {
    setActive(world, id, false)
  }),
  decree('unblock', 'The user is no longer blocked.', (world, id) => {
    setActive(world, id, true)
  }),
  decree('require2fa', 'The user must pass a second factor at login.', require2fa),
]

function decree(name: string, summary: string, act: (world: World, id: string) => void) {
  return operation({
    method: 'POST',
    path: `/users/:idOrEmail/${name}`,
    summary,
    body: nothing,
    answer: answers.done,
    handle({ world, params }) {
      act(world, userId(world, params['idOrEmail']))
      return {}
    },
  })
}

function userId(world: World, idOrEmail = ''): string {
  const user = findUser(world, idOrEmail)
  if (user) return user._id
  const emails = listUsers(world).flatMap(({ email }) => (email === null ? [] : [email]))
  const near = nearestNames(emails, idOrEmail).join(', ') || 'none, the world has no users'
  throw new ControlError(404, 'UNKNOWN_USER', `No user "${idOrEmail}". Nearest: ${near}.`)
}
