import { expect, test } from 'vitest'
import { seedUsers } from './seed.ts'
import { PASSWORD, refusal, setup } from './test-backend.ts'
import { isFields } from '../is-object.ts'

const config = {
  teams: { enabled: true, invites: { enabled: true }, allowAddWithoutInvite: true },
  clients: { multipleUserSessions: true },
}

const LISTED = '/authentication/teams'

/** Ann owns the teams `Bakers`, `bees` and `Coal-dust`; Bob, who has no address, is a member of the first. */
async function withTeams() {
  const backend = setup(config)
  const { call, login, world } = backend
  const [bob] = seedUsers(world, [{ username: 'Bob', password: PASSWORD }])
  const auth = (await login()).accessToken
  const ids: string[] = []
  for (const name of ['Bakers', 'bees', 'Coal-dust']) {
    const { body } = await call(`POST ${LISTED}`, { auth, json: { name } })
    ids.push(isFields(body) ? String(body['_id']) : '')
  }
  const members = `${LISTED}/${ids[0] ?? ''}/members`
  await call(`POST ${LISTED}/${ids[0] ?? ''}/add`, { auth, json: { userId: bob?._id } })
  const names = async (query: string) => {
    const { body } = await call(`GET ${LISTED}?${query}`, { auth })
    const teams = isFields(body) && Array.isArray(body['teams']) ? body['teams'] : []
    return teams.map((team: unknown) => (isFields(team) ? team['name'] : team))
  }
  return { ...backend, auth, members, names, team: ids[0] ?? '' }
}

test.each([
  ['skip=-1', '/database.DatabaseProvider/findMany INTERNAL: OFFSET must not be negative'],
  ['limit=-1', '/database.DatabaseProvider/findMany INTERNAL: LIMIT must not be negative'],
  ['limit=1.5', 'Request message serialization failure: invalid int32: 1.5'],
  ['skip=3000000000', 'Request message serialization failure: invalid int32: 3000000000'],
  ['sort=nope', 'column cnd_Team.nope does not exist'],
  ['sort=', 'zero-length delimited identifier at or near """"'],
])('a list of teams by %s is 500', async (query, message) => {
  const { call, auth } = await withTeams()
  expect(await call(`GET ${LISTED}?${query}`, { auth })).toMatchObject({
    status: 500,
    body: refusal(500, message),
  })
})

test.each([
  ['skip=-1', 'OFFSET must not be negative'],
  ['limit=0.5', 'Request message serialization failure: invalid int32: 0.5'],
  ['sort=apple', 'column cnd_User.apple does not exist'],
])('a list of members by %s is 500', async (query, message) => {
  const { call, auth, members } = await withTeams()
  expect(await call(`GET ${members}?${query}`, { auth })).toMatchObject({
    status: 500,
    body: refusal(500, message),
  })
})

test('the relations are paged, the teams of the page are sorted as texts are', async () => {
  const { names } = await withTeams()
  expect(await names('sort=name')).toEqual(['Bakers', 'bees', 'Coal-dust'])
  expect(await names('sort=-name')).toEqual(['Coal-dust', 'bees', 'Bakers'])
  expect(await names('sort=-name&limit=2')).toEqual(['bees', 'Bakers'])
  expect(await names('limit=0')).toEqual([])
})

test('a search minds letter case, and a dash before hexadecimal digits is lost', async () => {
  const { names } = await withTeams()
  expect(await names('search=B')).toEqual(['Bakers'])
  expect(await names('search=Coal-')).toEqual(['Coal-dust'])
  expect(await names('search=Coal-d')).toEqual([])
})

test('members are sorted with those without an address last, and a search passes over them', async () => {
  const { call, auth, members } = await withTeams()
  const emails = async (query: string) => (await call(`GET ${members}?${query}`, { auth })).body
  const ann = { email: 'ann@example.com', role: 'owner' }
  const bob = { email: null, username: 'Bob', role: 'member' }
  expect(await emails('sort=email')).toMatchObject({ count: 2, members: [ann, bob] })
  expect(await emails('sort=-email')).toMatchObject({ count: 2, members: [bob, ann] })
  expect(await emails('sort=apple_id')).toMatchObject({ count: 2 })
  expect(await emails('search=')).toMatchObject({ count: 1, members: [ann] })
})

test('an empty parent is no uuid, a name has room for 255 characters', async () => {
  const { call, auth, team } = await withTeams()
  const json = { name: 'Millers', parentTeam: '' }
  expect((await call(`POST ${LISTED}`, { auth, json })).body).toEqual(
    refusal(500, 'invalid input syntax for type uuid: ""'),
  )
  const long = { name: 'x'.repeat(256) }
  const tooLong = refusal(500, 'value too long for type character varying(255)')
  expect((await call(`POST ${LISTED}`, { auth, json: long })).body).toEqual(tooLong)
  expect((await call(`PATCH ${LISTED}/${team}`, { auth, json: long })).body).toEqual(tooLong)
})

test('the name of the default team is taken from the start', async () => {
  const { call, login } = setup({ teams: { enabled: true, enableDefaultTeam: true } })
  const auth = (await login()).accessToken
  expect((await call(`POST ${LISTED}`, { auth, json: { name: 'Default Team' } })).body).toEqual(
    refusal(500, 'A team with that name already exists'),
  )
})

test('who has no address is shown the invitations that are for nobody in particular', async () => {
  const backend = setup({ ...config, local: { username_auth_enabled: true } })
  const { call, login, world } = backend
  seedUsers(world, [{ username: 'Bob', password: PASSWORD }])
  const ann = (await login()).accessToken
  const { body } = await call(`POST ${LISTED}`, { auth: ann, json: { name: 'Bakers' } })
  const team = isFields(body) ? String(body['_id']) : ''
  const token = await call(`POST ${LISTED}/${team}/invite/persistent`, {
    auth: ann,
    json: { role: 'member' },
  })
  const bob = await call('POST /authentication/username', {
    json: { username: 'Bob', password: PASSWORD },
  })
  const auth = isFields(bob.body) ? String(bob.body['accessToken']) : ''
  expect((await call(`GET ${LISTED}/invites`, { auth })).body).toEqual({
    invites: [
      {
        teamId: team,
        invitationToken: isFields(token.body) ? token.body['result'] : '',
        role: 'member',
      },
    ],
  })
})
