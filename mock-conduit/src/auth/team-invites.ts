import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import { checkAllowed } from './email-address.ts'
import { sendMail } from './mail.ts'
import { callerOf } from './middleware.ts'
import { createOneTime, dataOf, dropOneTime, findOneTime, listOneTime } from './one-time-tokens.ts'
import { allowedRedirect } from './redirect-uri.ts'
import { joinByInvitation } from './team-membership.ts'
import { demand, teamOf } from './team-queries.ts'

const TYPE = 'TEAM_INVITE_TOKEN'

/** The team of the route, while invitations are on. All routes of a team's invitations begin so, with the same texts. */
function invitingTeam(context: RouteContext): Row {
  if (!context.world.config.authentication.teams.invites.enabled)
    throw new ConduitError('PERMISSION_DENIED', 'Team invites are disabled')
  return teamOf(
    context,
    new ConduitError('INVALID_ARGUMENT', 'Could not create invite, team does not exist'),
  )
}

function invitationsOf({ world }: RouteContext, team: Row): Row[] {
  return listOneTime(world, TYPE, (row) => dataOf(row)['teamId'] === team._id)
}

function dropInvitation(context: RouteContext, team: Row, email: unknown): void {
  const old = invitationsOf(context, team).find((row) => dataOf(row)['email'] === email)
  if (old) dropOneTime(context.world, old)
}

function createInvitation(context: RouteContext, team: Row, email?: string): Row {
  const { params } = context
  const role =
    typeof params['role'] === 'string' && params['role'] !== '' ? params['role'] : 'member'
  const { userData } = params
  const data = {
    teamId: team._id,
    role,
    ...(email === undefined ? {} : { email }),
    ...(userData === undefined ? {} : { userData }),
  }
  return createOneTime(context.world, { type: TYPE, user: callerOf(context)._id, data })
}

/** Invites an address, in place of an earlier invitation of it. Source: A/handlers/team.ts:561-631. */
export async function invite(context: RouteContext): Promise<string> {
  const { world, params } = context
  const { invites } = world.config.authentication.teams
  const team = invitingTeam(context)
  demand(context, 'invite', 'You do not have permission to invite users to this team')
  const email = String(params['email'])
  if (email !== '') await checkAllowed(world, email)
  dropInvitation(context, team, email)
  const token = String(createInvitation(context, team, email)['token'])
  if (email !== '' && invites.sendEmail && world.options.email) {
    const link = `${allowedRedirect(world, params['redirectUri']) ?? invites.inviteUrl}?invitationToken=${token}`
    sendMail(world, {
      to: email,
      template: 'TeamInvite',
      variables: { link, teamName: team['name'], userData: params['userData'] },
    })
  }
  return token
}

/** Takes the invitation of an address back; none is no error. Source: A/handlers/team.ts:635-672. */
export function deleteInvite(context: RouteContext): string {
  const team = invitingTeam(context)
  demand(context, 'invite', 'You do not have permission to delete invites from this team')
  dropInvitation(context, team, context.queryParams['email'])
  return 'OK'
}

/** All invitations of a team that wait. Source: A/handlers/team.ts:674-717. */
export function listInvites(context: RouteContext): unknown {
  const team = invitingTeam(context)
  demand(context, 'invite', 'You do not have permission to invite users to this team')
  const invites = invitationsOf(context, team)
  return { invites, count: invites.length }
}

/** An invitation for whoever has it. Conduit means to ask for an owner, but its test never fails. Source: A/handlers/team.ts:731-741. */
export function invitePersistently(context: RouteContext): string {
  return String(createInvitation(context, invitingTeam(context))['token'])
}

/** Takes back an invitation by its token; 404 when the team has none such. Source: A/handlers/team.ts:753-792. */
export function deletePersistentInvite(context: RouteContext): string {
  const team = invitingTeam(context)
  const found = invitationsOf(context, team).find(
    (row) => row['token'] === context.params['invitationToken'],
  )
  if (!found) throw new ConduitError('NOT_FOUND', 'Token not found')
  dropOneTime(context.world, found)
  return 'Invitation token deleted'
}

/** Invitations to the caller's address; a caller without one sees those that are for nobody in particular. Source: A/handlers/team.ts:147-160. */
export function listOwnInvites(context: RouteContext): unknown {
  const email = callerOf(context)['email'] ?? undefined
  const own = listOneTime(context.world, TYPE, (row) => dataOf(row)['email'] === email)
  return {
    invites: own.map((row) => ({
      teamId: dataOf(row)['teamId'],
      invitationToken: row['token'],
      role: dataOf(row)['role'],
    })),
  }
}

/** Puts the caller into the inviting team. Throws 400 for a token that is gone or another's. Source: A/handlers/team.ts:228-233. */
export function acceptInvite(context: RouteContext): string {
  joinByInvitation(context.world, callerOf(context), context.params['invitationToken'])
  return 'OK'
}

/** What an invitation says of its user; asked without a login, before registering. */
export function invitedUserData({ world, params }: RouteContext): unknown {
  const invitation = findOneTime(world, TYPE, params['invitationToken'])
  if (!invitation) throw new ConduitError('NOT_FOUND', 'Invitation token not found')
  const { email, userData } = dataOf(invitation)
  return { email, userData: userData ?? {} }
}
