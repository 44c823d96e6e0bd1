import { expect, test } from 'vitest'
import { OUTBOX } from '../world/outbox.ts'
import { seedUsers } from './seed.ts'
import { PASSWORD, refusal, setup } from './test-backend.ts'
import { findRelations } from './team-relations.ts'
import { isFields } from '../is-object.ts'

const teams = (more: Record<string, unknown> = {}) => ({
  teams: { enabled: true, invites: { enabled: true }, ...more },
  clients: { multipleUserSessions: true },
})

/** Ann owns a team; Bob is somebody else. */
type Extensions = Parameters<typeof setup>[2]

async function withTeam(config = teams(), options = {}, extensions: Extensions = []) {
  const backend = setup(config, options, extensions)
  const { call, login, world } = backend
  seedUsers(world, [{ email: 'bob@example.com', password: PASSWORD }])
  const ann = (await login()).accessToken
  const bob = (await login('bob@example.com')).accessToken
  const team = idIn(
    await call('POST /authentication/teams', { auth: ann, json: { name: 'Bakers' } }),
  )
  return { ...backend, ann, bob, team, path: `/authentication/teams/${team}` }
}

function idIn({ body }: { body: unknown }): string {
  return isFields(body) ? String(body['_id']) : ''
}

function resultIn({ body }: { body: unknown }): string {
  return isFields(body) ? String(body['result']) : ''
}

test('a team is answered bare, and its creator sees it', async () => {
  const { call, ann, team, path, world } = await withTeam()
  const at = new Date(world.clock.now()).toISOString()
  const document = {
    _id: team,
    name: 'Bakers',
    parentTeam: null,
    isDefault: false,
    createdAt: at,
    updatedAt: at,
  }
  expect((await call(`GET ${path}`, { auth: ann })).body).toEqual(document)
  expect((await call('GET /authentication/teams', { auth: ann })).body).toEqual({
    teams: [document],
    count: 1,
  })
})

test('a second team of that name is refused with 500', async () => {
  const { call, ann } = await withTeam()
  expect(
    await call('POST /authentication/teams', { auth: ann, json: { name: 'Bakers' } }),
  ).toMatchObject({
    status: 500,
    body: refusal(500, 'A team with that name already exists'),
  })
})

test('a stranger neither sees nor changes a team', async () => {
  const { call, bob, path } = await withTeam()
  const refused = async (operation: string, json?: unknown) =>
    (await call(operation, { auth: bob, json })).body
  expect(await refused(`GET ${path}`)).toEqual(
    refusal(403, 'User does not have permission to view team'),
  )
  expect(await refused(`PATCH ${path}`, { name: 'x' })).toEqual(
    refusal(403, 'User does not have permission to edit this team'),
  )
  expect(await refused(`DELETE ${path}`)).toEqual(
    refusal(403, 'User does not have permission to delete this team'),
  )
  expect(await refused(`GET ${path}/members`)).toEqual(
    refusal(403, 'User does not have permission to view team members'),
  )
  expect(await refused(`GET ${path}/teams`)).toEqual(
    refusal(403, 'User does not have permission to view subteams'),
  )
  expect(await refused(`POST ${path}/invite`, { role: 'member', email: 'c@example.com' })).toEqual(
    refusal(403, 'You do not have permission to invite users to this team'),
  )
  expect(
    await refused('POST /authentication/teams', { name: 'Sub', parentTeam: path.slice(-36) }),
  ).toEqual(refusal(403, 'User does not have permission to create a subteam'))
})

test('an invitation makes its user a member, once', async () => {
  const { call, ann, bob, path, team } = await withTeam()
  const token = resultIn(
    await call(`POST ${path}/invite`, {
      auth: ann,
      json: { role: 'member', email: 'bob@example.com' },
    }),
  )
  expect((await call('GET /authentication/teams/invites', { auth: bob })).body).toEqual({
    invites: [{ teamId: team, invitationToken: token, role: 'member' }],
  })
  const accept = () =>
    call(`GET /authentication/teams/invite/accept?invitationToken=${token}`, { auth: bob })
  expect((await accept()).body).toEqual({ result: 'OK' })
  expect(await accept()).toMatchObject({
    status: 400,
    body: refusal(400, 'Could not add user to team, invite token does not exist'),
  })
  expect(await call(`GET ${path}/members`, { auth: bob })).toMatchObject({
    status: 200,
    body: {
      count: 2,
      members: [
        { email: 'ann@example.com', role: 'owner' },
        { email: 'bob@example.com', role: 'member' },
      ],
    },
  })
})

test('an invitation for another address is refused', async () => {
  const { call, ann, bob, path } = await withTeam()
  const token = resultIn(
    await call(`POST ${path}/invite`, {
      auth: ann,
      json: { role: 'member', email: 'carl@example.com' },
    }),
  )
  expect(
    await call(`GET /authentication/teams/invite/accept?invitationToken=${token}`, { auth: bob }),
  ).toMatchObject({
    status: 400,
    body: refusal(400, 'Could not add user to team, email does not match'),
  })
})

test('what one says of oneself is laid over the invitation’s data, to any depth and place by place', async () => {
  const { call, login, ann, path } = await withTeam(teams(), {}, [
    { schemaName: 'User', extension: { fields: { profile: 'JSON' } } },
  ])
  const invited = { profile: { size: { shoe: 42, hat: 7 }, tags: ['a', 'b'] } }
  const token = resultIn(
    await call(`POST ${path}/invite`, {
      auth: ann,
      json: { role: 'member', email: 'new@example.com', userData: invited },
    }),
  )
  await call('POST /authentication/local/new', {
    json: {
      email: 'new@example.com',
      password: PASSWORD,
      invitationToken: token,
      userData: { profile: { size: { hat: 8 }, tags: ['c'] } },
    },
  })
  const { accessToken } = await login('new@example.com')
  expect(await call('GET /authentication/user', { auth: accessToken })).toMatchObject({
    body: { profile: { size: { shoe: 42, hat: 8 }, tags: ['c', 'b'] } },
  })
})

test('whoever registers with an invitation is verified and in the team', async () => {
  const { call, ann, login, path } = await withTeam(
    teams({ allowRegistrationWithoutInvite: false, enabled: true }),
  )
  const json = { email: 'carl@example.com', password: PASSWORD }
  expect(await call('POST /authentication/local/new', { json })).toMatchObject({
    status: 403,
    body: refusal(403, 'Registration requires invitation', 'INVITATION_REQUIRED'),
  })
  expect(
    await call('POST /authentication/local/new', { json: { ...json, invitationToken: 'nope' } }),
  ).toMatchObject({
    status: 403,
    body: refusal(403, 'Invalid invitation token', 'INVALID_INVITATION'),
  })
  const invitationToken = resultIn(
    await call(`POST ${path}/invite`, {
      auth: ann,
      json: { role: 'editAll', email: 'carl@example.com' },
    }),
  )
  expect(
    await call('POST /authentication/local/new', { json: { ...json, invitationToken } }),
  ).toMatchObject({ status: 200, body: { user: { isVerified: true } } })
  const carl = (await login('carl@example.com')).accessToken
  expect((await call(`PATCH ${path}`, { auth: carl, json: { name: 'Millers' } })).status).toBe(200)
})

test('the data of an invitation are there without a login', async () => {
  const { call, ann, path } = await withTeam()
  const json = { role: 'member', email: 'c@example.com', userData: { nickname: 'C' } }
  const token = resultIn(await call(`POST ${path}/invite`, { auth: ann, json }))
  expect(
    (await call(`GET /authentication/teams/invite/user/data?invitationToken=${token}`)).body,
  ).toEqual({ email: 'c@example.com', userData: { nickname: 'C' } })
  expect((await call('GET /authentication/teams/invite/user/data?invitationToken=x')).body).toEqual(
    refusal(404, 'Invitation token not found'),
  )
})

test('a mail goes to the invited address, if so configured', async () => {
  const { call, ann, path, world } = await withTeam(
    teams({ invites: { enabled: true, sendEmail: true } }),
    { email: true },
  )
  const token = resultIn(
    await call(`POST ${path}/invite`, {
      auth: ann,
      json: { role: 'member', email: 'c@example.com' },
    }),
  )
  expect(world.part(OUTBOX).messages()).toMatchObject([
    {
      to: 'c@example.com',
      template: 'TeamInvite',
      variables: {
        link: `https://mydomain.conduit/invite?invitationToken=${token}`,
        teamName: 'Bakers',
      },
    },
  ])
})

test('a persistent invitation serves many, until it is deleted', async () => {
  const { call, ann, bob, path } = await withTeam()
  const token = resultIn(
    await call(`POST ${path}/invite/persistent`, { auth: ann, json: { role: 'member' } }),
  )
  const accept = () =>
    call(`GET /authentication/teams/invite/accept?invitationToken=${token}`, { auth: bob })
  expect([(await accept()).status, (await accept()).status]).toEqual([200, 200])
  expect(
    (await call(`DELETE ${path}/invite/persistent?invitationToken=${token}`, { auth: ann })).body,
  ).toEqual({ result: 'Invitation token deleted' })
  expect((await accept()).status).toBe(400)
})

test('invitations that are off answer 403', async () => {
  const { call, ann, path } = await withTeam(teams({ invites: { enabled: false } }))
  expect((await call(`GET ${path}/invites`, { auth: ann })).body).toEqual(
    refusal(403, 'Team invites are disabled'),
  )
})

test('an owner changes roles and removes members, but not oneself', async () => {
  const { call, ann, bob, path, userId } = await withTeam(teams({ allowAddWithoutInvite: true }))
  const [annId, bobId] = [userId(), userId('bob@example.com')]
  expect((await call(`POST ${path}/add`, { auth: ann, json: { userId: bobId } })).body).toEqual({
    result: 'User added to team',
  })
  expect(
    (await call(`PATCH ${path}/members`, { auth: ann, json: { members: [annId], role: 'member' } }))
      .body,
  ).toEqual(refusal(400, 'Cannot change self role'))
  expect(
    (await call(`PATCH ${path}/members`, { auth: ann, json: { members: [bobId], role: 'owner' } }))
      .body,
  ).toEqual({ result: 'ok' })
  expect((await call(`DELETE ${path}/members?members=${bobId}`, { auth: bob })).body).toEqual(
    refusal(400, 'Cannot remove self from team'),
  )
  expect((await call(`DELETE ${path}/members?members=${bobId}`, { auth: ann })).body).toEqual({
    result: 'Users removed from team',
  })
  expect((await call(`GET ${path}`, { auth: bob })).status).toBe(403)
})

test('who may edit, but owns nothing, cannot remove an owner', async () => {
  const { call, ann, bob, path, userId } = await withTeam(teams({ allowAddWithoutInvite: true }))
  await call(`POST ${path}/add`, {
    auth: ann,
    json: { userId: userId('bob@example.com'), role: 'editAll' },
  })
  expect((await call(`DELETE ${path}/members?members=${userId()}`, { auth: bob })).body).toEqual(
    refusal(403, 'One or more members were not deleted'),
  )
  expect((await call(`GET ${path}`, { auth: ann })).status).toBe(200)
})

test('an owner of the parent may delete a subteam; its relations go with it', async () => {
  const { call, ann, team, path } = await withTeam()
  const sub = idIn(
    await call('POST /authentication/teams', {
      auth: ann,
      json: { name: 'Ovens', parentTeam: team },
    }),
  )
  expect(await call(`GET ${path}/teams`, { auth: ann })).toMatchObject({
    body: { count: 1, teams: [{ _id: sub, parentTeam: team }] },
  })
  expect((await call(`DELETE /authentication/teams/${sub}`, { auth: ann })).body).toEqual({
    result: 'Deleted',
  })
  expect((await call(`GET ${path}/teams`, { auth: ann })).body).toEqual({ teams: [], count: 0 })
})

test('everybody who registers joins the default team', async () => {
  const { call, login } = setup(teams({ enableDefaultTeam: true }))
  await call('POST /authentication/local/new', {
    json: { email: 'bob@example.com', password: PASSWORD },
  })
  const { accessToken } = await login('bob@example.com')
  expect(await call('GET /authentication/teams', { auth: accessToken })).toMatchObject({
    body: { count: 1, teams: [{ name: 'Default Team', isDefault: true }] },
  })
})

test('a malformed team id is PostgreSQL’s error', async () => {
  const { call, ann } = await withTeam()
  expect(
    (await call('PATCH /authentication/teams/zzz', { auth: ann, json: { name: 'x' } })).body,
  ).toEqual(refusal(500, 'invalid input syntax for type uuid: "zzz"'))
})

test('with teams off their routes do not exist', async () => {
  const { call, login } = setup()
  expect(
    (await call('GET /authentication/teams', { auth: (await login()).accessToken })).status,
  ).toBe(404)
})

test('a deleted user is in no team any more', async () => {
  const { call, ann, team, world } = await withTeam()
  await call('DELETE /authentication/user', { auth: ann })
  expect(findRelations(world, { resource: `Team:${team}` })).toEqual([])
})

test('a role that teams do not have is refused with 500', async () => {
  const { call, ann, bob, path } = await withTeam()
  const token = resultIn(
    await call(`POST ${path}/invite/persistent`, { auth: ann, json: { role: 'baker' } }),
  )
  expect(
    (await call(`GET /authentication/teams/invite/accept?invitationToken=${token}`, { auth: bob }))
      .body,
  ).toEqual(refusal(500, 'Relation not allowed'))
})

test('who registers with an invitation to a role that teams do not have is in no team', async () => {
  const { call, ann, path, team, world } = await withTeam()
  const json = { role: 'admin', email: 'carl@example.com' }
  const invitationToken = resultIn(await call(`POST ${path}/invite`, { auth: ann, json }))
  const registration = { email: 'carl@example.com', password: PASSWORD, invitationToken }
  const answer = await call('POST /authentication/local/new', { json: registration })
  expect(answer).toMatchObject({ status: 200, body: { user: { isVerified: true } } })
  expect(findRelations(world, { resource: `Team:${team}`, relation: 'admin' })).toEqual([])
})
