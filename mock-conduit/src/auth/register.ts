import { ConduitError } from '../wire/conduit-error.ts'
import type { RouteContext, Row } from '../wire/route.ts'
import { raceWindow } from '../world/race-window.ts'
import { checkAddress } from './email-address.ts'
import { sendVerification } from './email-verification.ts'
import { findOneTime, dataOf } from './one-time-tokens.ts'
import { requireText, setPassword } from './passwords.ts'
import { RACE_WINDOW_MS } from './renew.ts'
import { joinByInvitation, joinDefaultTeam, provesAddress } from './team-membership.ts'
import { loweredParam } from './text-params.ts'
import { giveTokens, type TokenAnswer } from './token-answer.ts'
import { checkUserData, mergedUserData, keptUserData } from './user-data.ts'
import { findUserBy, patchUser } from './user-directory.ts'
import { createUser, flattenUser } from './user-model.ts'

/** What an invitation grants to the one who registers with it. */
interface Invited {
  isVerified: boolean
  userData: unknown
}

/** Registers a user, or names an anonymous one; gives no tokens. Source: A/handlers/local.ts:264-373. */
export async function register(context: RouteContext): Promise<{ user: unknown }> {
  const { world, params, caller } = context
  const email = loweredParam(params, 'email')
  const invited = readInvitation(context, email)
  await checkAddress(world, email, 'EMAIL_NOT_ALLOWED')
  // nothing below may wait in strict mode: between the look for the address and the insert no other registration gets a turn
  const userData = await mergedUserData(invited.userData, params['userData'])
  if (findUserBy(world, 'email', email))
    throw new ConduitError('ALREADY_EXISTS', 'User already exists', 'USER_EXISTS')
  if (params['userData']) checkUserData(params['userData'])
  const { password } = params
  requireText(password)
  if (world.options.rotation === 'racy') await raceWindow(world, RACE_WINDOW_MS)
  const anonymous = caller?.user['isAnonymous'] === true ? caller.user : undefined
  const { isVerified } = invited
  const named =
    anonymous && patchUser(world, anonymous._id, { email, isAnonymous: false, isVerified })
  const user = named ?? createUser(world, { email, isVerified }, keptUserData(world, userData))
  setPassword(world, user._id, password)
  afterRegistration(context, user, { isVerified, anonymous: anonymous !== undefined })
  return { user: named ? flattenUser(user) : user }
}

function readInvitation({ world, params }: RouteContext, email: string): Invited {
  const { teams } = world.config.authentication
  const token = params['invitationToken']
  const none = { isVerified: false, userData: undefined }
  if (!teams.enabled) return none
  if (!teams.allowRegistrationWithoutInvite && token === undefined)
    throw new ConduitError(
      'PERMISSION_DENIED',
      'Registration requires invitation',
      'INVITATION_REQUIRED',
    )
  if (!token) return none
  const invitation = findOneTime(world, 'TEAM_INVITE_TOKEN', token)
  const team = invitation && world.store.table('Team').get(String(dataOf(invitation)['teamId']))
  const { email: invitedEmail, userData } = invitation ? dataOf(invitation) : {}
  const foreign =
    Boolean(invitedEmail) && invitedEmail !== email && !teams.allowEmailMismatchForInvites
  if (!invitation || !team || foreign)
    throw new ConduitError('PERMISSION_DENIED', 'Invalid invitation token', 'INVALID_INVITATION')
  if (userData) checkUserData(userData)
  return { isVerified: provesAddress(world, invitation, email), userData }
}

/** Mail and teams; what fails here is logged by Conduit and kept from the client. Source: A/handlers/local.ts:345-372. */
function afterRegistration(
  { world, params }: RouteContext,
  user: Row,
  how: { isVerified: boolean; anonymous: boolean },
): void {
  const { verification } = world.config.authentication.local
  if (verification.send_email && world.options.email && !how.isVerified)
    quietly(() => {
      sendVerification(world, user, params['redirectUri'])
    })
  const token = params['invitationToken']
  if (token)
    quietly(() => {
      joinByInvitation(world, user, token)
    })
  else if (!how.anonymous) joinDefaultTeam(world, user)
}

function quietly(action: () => void): void {
  try {
    action()
  } catch {
    // as a role that teams do not have: the user is there all the same, without a team
  }
}

/** Makes an anonymous user and logs it in, with `sudo`. Source: A/handlers/local.ts:375-400. */
export async function registerAnonymous({
  world,
  params,
  clientId,
}: RouteContext): Promise<TokenAnswer> {
  const { userData } = params
  if (userData) checkUserData(userData)
  const email = `${world.ids.uuid()}@anonymous.com`
  const user = createUser(world, { email, isAnonymous: true }, keptUserData(world, userData))
  joinDefaultTeam(world, user)
  return giveTokens(world, { user, clientId })
}
