import { describe, expect, it, onTestFinished } from 'vitest'
import { startRedis } from '../src/instruments/redis.ts'
import { door, send, signedIn, testBff, testConduit } from './test-client.ts'
import type { TestConduit } from './test-conduit.ts'

const redis = await startRedis()
const renews = ({ calls }: TestConduit) =>
  calls.filter((call) => call.path === '/authentication/renew')
const statuses = (answers: Response[]) => answers.map((answer) => answer.status)

/** Holds the 401s of data calls until `count` of them wait. */
function gateRefusals(conduit: TestConduit, count: number): void {
  const refused = door()
  conduit.script = async (call, response) => {
    if (!call.path.startsWith('/database/')) return false
    if (call.bearer === undefined || !expired.has(call.bearer)) return false
    void refused.waiting(count).then(() => {
      refused.open()
    })
    await refused.pass()
    response.writeHead(401).end('{}')
    return true
  }
  const expired = new Set<string>()
  for (const call of conduit.calls) if (call.bearer) expired.add(call.bearer)
  conduit.expire()
}

describe('a renewal', () => {
  it('happens once for 25 parallel calls that all got a 401', async () => {
    const conduit = await testConduit()
    const bff = await testBff(conduit)
    const cookie = await signedIn(bff)
    await send(bff, '/api/posts', { cookie })
    gateRefusals(conduit, 25)
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => send(bff, '/api/posts', { cookie })),
    )
    expect(statuses(answers)).toEqual(answers.map(() => 200))
    expect([renews(conduit).length, conduit.reuses()]).toEqual([1, 0])
  })

  it.skipIf(redis === undefined)(
    'happens once for 25 parallel calls over two instances on one Redis [needs redis-server: apt-get install -y redis-server]',
    async () => {
      onTestFinished(async () => redis?.stop())
      const conduit = await testConduit()
      const plan = { redisUrl: redis?.url ?? '' }
      const bffs = [await testBff(conduit, plan), await testBff(conduit, plan)]
      const [first] = bffs
      if (!first) throw new Error('no BFF')
      const cookie = await signedIn(first)
      await send(first, '/api/posts', { cookie })
      gateRefusals(conduit, 25)
      const answers = await Promise.all(
        Array.from({ length: 25 }, (_, index) =>
          send(bffs[index % 2] ?? first, '/api/posts', { cookie }),
        ),
      )
      expect(statuses(answers)).toEqual(answers.map(() => 200))
      expect([renews(conduit).length, conduit.reuses()]).toEqual([1, 0])
    },
  )

  it('is not made again for a call whose 401 comes late', async () => {
    const conduit = await testConduit()
    const bff = await testBff(conduit)
    const cookie = await signedIn(bff)
    const slow = door()
    let isFirst = true
    conduit.script = async (call, response) => {
      if (!isFirst || !call.path.startsWith('/database/')) return false
      isFirst = false
      await slow.pass()
      response.writeHead(401).end('{}')
      return true
    }
    const late = send(bff, '/api/posts', { cookie })
    await slow.waiting(1)
    conduit.expire()
    expect((await send(bff, '/api/posts', { cookie })).status).toEqual(200)
    slow.open()
    expect((await late).status).toEqual(200)
    expect([renews(conduit).length, conduit.reuses()]).toEqual([1, 0])
  })

  it('outlives the caller who began it', async () => {
    const conduit = await testConduit()
    const bff = await testBff(conduit)
    const cookie = await signedIn(bff)
    conduit.expire()
    const renewing = door()
    conduit.script = async (call) => {
      if (call.path === '/authentication/renew') await renewing.pass()
      return false
    }
    const leaving = new AbortController()
    const first = send(bff, '/api/posts', { cookie, signal: leaving.signal }).catch(() => 'gone')
    await renewing.waiting(1)
    const others = [1, 2].map(() => send(bff, '/api/posts', { cookie }))
    leaving.abort()
    expect(await first).toEqual('gone')
    renewing.open()
    expect(statuses(await Promise.all(others))).toEqual([200, 200])
    expect([renews(conduit).length, conduit.reuses()]).toEqual([1, 0])
  })

  for (const status of [400, 401, 403])
    it(`that is refused with ${status} ends the session and expires its cookie`, async () => {
      const conduit = await testConduit()
      const bff = await testBff(conduit)
      const cookie = await signedIn(bff)
      conduit.expire()
      conduit.script = (call, response) => {
        if (call.path !== '/authentication/renew') return false
        response.writeHead(status).end('{}')
        return true
      }
      const answer = await send(bff, '/api/posts', { cookie })
      expect([answer.status, await answer.json()]).toEqual([401, { error: 'not_signed_in' }])
      expect(answer.headers.get('set-cookie')).toEqual(
        '__Host-bff_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict; Secure',
      )
      expect((await send(bff, '/api/posts', { cookie })).status).toEqual(401)
      expect(renews(conduit).length).toEqual(1)
    })

  for (const status of [429, 500, 503, 0])
    it(`that fails with ${status === 0 ? 'a reset' : status} keeps the session`, async () => {
      const conduit = await testConduit()
      const bff = await testBff(conduit)
      const cookie = await signedIn(bff)
      conduit.expire()
      conduit.script = (call, response) => {
        if (call.path !== '/authentication/renew') return false
        if (status === 0) response.socket?.resetAndDestroy()
        else response.writeHead(status).end('{}')
        return true
      }
      const during = await send(bff, '/api/posts', { cookie })
      expect([during.status >= 502, during.headers.get('set-cookie')]).toEqual([true, null])
      conduit.script = undefined
      expect((await send(bff, '/api/posts', { cookie })).status).toEqual(200)
      expect(conduit.reuses()).toEqual(0)
    })

  it('ends for the caller, not for itself, when it takes long', async () => {
    const conduit = await testConduit()
    const bff = await testBff(conduit, { env: { RENEW_WAIT_MS: '50' } })
    const cookie = await signedIn(bff)
    conduit.expire()
    const renewing = door()
    conduit.script = async (call) => {
      if (call.path === '/authentication/renew') await renewing.pass()
      return false
    }
    const answer = await send(bff, '/api/posts', { cookie })
    expect([answer.status, await answer.json()]).toEqual([503, { error: 'renewal_pending' }])
    renewing.open()
    await expect.poll(async () => (await send(bff, '/api/posts', { cookie })).status).toEqual(200)
    expect([renews(conduit).length, conduit.reuses()]).toEqual([1, 0])
  })

  it('does not bring back a session that was signed out meanwhile', async () => {
    const conduit = await testConduit()
    const bff = await testBff(conduit)
    const cookie = await signedIn(bff)
    conduit.expire()
    const renewing = door()
    conduit.script = async (call) => {
      if (call.path === '/authentication/renew') await renewing.pass()
      return false
    }
    const late = send(bff, '/api/posts', { cookie })
    await renewing.waiting(1)
    conduit.script = undefined
    await send(bff, '/api/auth/logout', { method: 'POST', cookie })
    renewing.open()
    expect((await late).status).toEqual(401)
    expect((await send(bff, '/api/posts', { cookie })).status).toEqual(401)
  })
})
