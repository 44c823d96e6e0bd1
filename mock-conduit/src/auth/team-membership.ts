import { ConduitError } from '../wire/conduit-error.ts'
import type { Row } from '../wire/route.ts'
import type { World } from '../world/world.ts'
import { dataOf, dropOneTime, findOneTime } from './one-time-tokens.ts'
import { addRelation } from './team-relations.ts'
import { defaultTeam } from './team-store.ts'

const refused = (why: string) =>
  new ConduitError('INVALID_ARGUMENT', `Could not add user to team, ${why}`)

/** Whether an invitation that was mailed to this address counts as its verification. Source: A/handlers/team.ts:85-110. */
export function provesAddress(world: World, invitation: Row, email: string): boolean {
  const invited = dataOf(invitation)['email']
  if (!invited) return false
  return invited === email || world.config.authentication.teams.allowEmailMismatchForInvites
}

/** Adds a user to the team of an invitation; one bound to an address is used up. Throws 400. Source: A/handlers/team.ts:112-158. */
export function joinByInvitation(world: World, user: Row, token: unknown): void {
  const { teams } = world.config.authentication
  if (!teams.enabled) return
  const invitation = findOneTime(world, 'TEAM_INVITE_TOKEN', token)
  if (!invitation) throw refused('invite token does not exist')
  const { email, teamId, role } = dataOf(invitation)
  if (email && user['email'] !== email && !teams.allowEmailMismatchForInvites)
    throw refused('email does not match')
  const team = world.store.table('Team').get(String(teamId))
  if (!team) throw refused('team does not exist')
  addRelation(world, {
    subject: `User:${user._id}`,
    relation: String(role),
    resource: `Team:${team._id}`,
  })
  if (email) dropOneTime(world, invitation)
}

/** Makes a user member of the default team, if the config wants one. Source: A/handlers/team.ts:193-206. */
export function joinDefaultTeam(world: World, user: Row): void {
  const team = defaultTeam(world)
  if (!team) return
  addRelation(world, {
    subject: `User:${user._id}`,
    relation: 'member',
    resource: `Team:${team._id}`,
  })
}
