import type { ControlClient } from '../src/control/client.ts'
import type { FuzzAnswer, FuzzRequest } from './request.ts'

type Ask = (
  path: string,
  init: Pick<FuzzRequest, 'method'> & Partial<FuzzRequest>,
) => Promise<FuzzAnswer>

const email = 'ann@example.com'
const password = 'correct horse battery 1'

/** Fills a world with something of every kind and answers what the placeholders stand for. */
export async function prepareWorld(
  control: ControlClient,
  ask: Ask,
): Promise<ReadonlyMap<string, string>> {
  const seeded = await control.seed({
    users: [{ email, password, username: 'ann' }],
    documents: {
      PublicPost: [
        { title: 'One', status: 'published', views: 3 },
        { title: '100% _two_', status: 'draft', views: 7 },
      ],
      Note: [{ title: 'a note', tags: ['x'], meta: { a: 1 } }],
      Tag: [{ slug: 'a-tag' }],
    },
    files: [{ name: 'hello.txt', container: 'conduit', text: 'hello world', owner: email }],
  })
  const json = async (answer: Promise<FuzzAnswer>): Promise<Record<string, unknown>> => {
    const { status, body } = await answer
    if (status !== 200) throw new Error(`The world could not be prepared: ${status} ${body}`)
    return JSON.parse(body) as Record<string, unknown>
  }
  const headers: [string, string][] = [['content-type', 'application/json']]
  const { accessToken, refreshToken } = await json(
    ask('/authentication/local', {
      method: 'POST',
      headers,
      body: JSON.stringify({ email, password }),
    }),
  )
  const authorized: [string, string][] = [
    ...headers,
    ['authorization', `Bearer ${String(accessToken)}`],
  ]
  const create = (path: string, body: object) =>
    json(ask(path, { method: 'POST', headers: authorized, body: JSON.stringify(body) }))
  const team = await create('/authentication/teams', { name: 'crew' })
  const teamDoc = await create('/database/TeamDoc', { title: 'Ours' })
  const file = seeded.files[0]?._id ?? ''
  const signed = await json(
    ask(`/storage/getFileUrl/${file}`, {
      method: 'GET',
      headers: authorized,
    }),
  )
  const { pathname, search } = new URL(String(signed['result']))
  return new Map([
    ['access', String(accessToken)],
    ['refresh', String(refreshToken)],
    ['post', seeded.documents['PublicPost']?.[0] ?? ''],
    ['note', seeded.documents['Note']?.[0] ?? ''],
    ['tag', seeded.documents['Tag']?.[0] ?? ''],
    ['user', seeded.users[0]?._id ?? ''],
    ['team', String(team['_id'])],
    ['teamDoc', String(teamDoc['_id'])],
    ['file', file],
    ['nobody', '00000000-0000-4000-8000-000000000000'],
    ['signedPath', pathname],
    ['signedQuery', search.slice(1)],
  ])
}
