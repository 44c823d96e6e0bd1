import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

/** Lives are counted from slightly different moments. */
const LEEWAY_MS = 60_000
const HOUR_MS = 3_600_000

export const session19 = defineCheck({
  id: 'SESSION-19',
  title:
    'A session does not outlive the refresh token it was begun with, however often it is renewed',
  level: 'SHOULD',
  profiles: ['core', 'vault'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['BBA refresh section', 'ASVS5-7.3.2'],
  source: ['refresh tokens live as long as authentication.refreshTokens.expiryPeriod says'],
  mutants: ['ten-year-cookie', 'vault-entry-for-a-year', 'renewal-prolongs-session'],
  usualCauses: [
    'the cookie is given the longest life that the browser takes',
    'the entry in the vault lives longer than the tokens in it',
    'every renewal gives the entry its whole life again, so that a session in use never ends',
  ],
  async run(ctx) {
    const most = await refreshLifeMs(ctx)
    if (most === undefined) return ctx.skip('the world does not say how long refresh tokens live')
    const { lives } = ctx.vault
    await ctx.drain()
    const before = await lives?.()
    const session = await ctx.signedIn()
    const cookies = await sessionCookies(ctx, session)
    ctx.witness('the login set a session cookie', cookies.length > 0)
    const limit = `at most ${hours(most)}, as the refresh token`
    for (const { name, expiresAt } of cookies) {
      const life = expiresAt === undefined ? 0 : expiresAt - Date.now()
      ctx.require(`the life of the cookie ${name}`, life <= most + LEEWAY_MS, {
        expected: `${limit}, or as long as the browser is open`,
        got: hours(life),
      })
    }
    await ctx.drain()
    const added = [...((await lives?.()) ?? [])].filter(([key]) => before?.has(key) === false)
    const longest = Math.max(0, ...added.map(([, life]) => life ?? 0))
    ctx.require(
      'the longest life of what the login left in the vault',
      longest <= most + LEEWAY_MS,
      { expected: limit, got: hours(longest) },
    )
    await expectEnd(ctx)
  },
})

/** A session whose time is half over has no more than that left after a renewal. */
async function expectEnd(ctx: CheckContext): Promise<void> {
  const { lives, age } = ctx.vault
  const { sessionLimit } = ctx.target.policy
  if (sessionLimit !== undefined) {
    ctx.note(`policy.sessionLimit says that a session ends after ${hours(sessionLimit)}`)
    return
  }
  if (!lives || !age) {
    ctx.note(
      'whether renewals prolong a session was not seen: the vault is not a Redis of the harness',
    )
    return
  }
  const before = await lives()
  const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
  const own = async () =>
    [...(await lives())].flatMap(([key, life]) =>
      life === undefined || before.has(key) ? [] : [[key, life] as const],
    )
  const aged = (await own()).map(([key, life]) => [key, Math.ceil(life / 2)] as const)
  const left = Math.max(0, ...aged.map(([, life]) => life))
  // What lives a few minutes is no session.
  if (left < 2 * LEEWAY_MS) return
  await age(new Map(aged))
  const since = await ctx.mark()
  const answer = await session.call('list')
  await ctx.drain()
  const renewed = (await ctx.journal(since, session.user)).renewed().length
  ctx.setup(isSuccess(answer), `list with an expired token answered ${statusText(answer)}.`)
  ctx.witness('a session whose time was half over was renewed', renewed > 0)
  const longest = Math.max(0, ...(await own()).map(([, life]) => life))
  ctx.require('the life of a session in the vault after a renewal', longest <= left + LEEWAY_MS, {
    expected: `the ${hours(left)} that were left, or an absolute limit that policy.sessionLimit declares`,
    got: hours(longest),
  })
}

const hours = (ms: number) => `${Math.round(ms / HOUR_MS)} h`

async function refreshLifeMs(ctx: CheckContext): Promise<number | undefined> {
  const { refreshTokens } = (await ctx.backend.control.config()).authentication
  return refreshTokens.enabled ? refreshTokens.expiryPeriod : undefined
}
