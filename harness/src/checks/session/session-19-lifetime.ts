import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

/** Lives are counted from slightly different moments. */
const LEEWAY_MS = 60_000
const HOUR_MS = 3_600_000

export const session19 = defineCheck({
  id: 'SESSION-19',
  title: 'A session does not outlive the refresh token it was begun with',
  level: 'SHOULD',
  profiles: ['core', 'vault'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA refresh section', 'ASVS5-7.3.2'],
  source: ['refresh tokens live as long as authentication.refreshTokens.expiryPeriod says'],
  mutants: ['ten-year-cookie', 'vault-entry-for-a-year'],
  usualCauses: [
    'the cookie is given the longest life that the browser takes',
    'the entry in the vault lives longer than the tokens in it',
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
  },
})

const hours = (ms: number) => `${Math.round(ms / HOUR_MS)} h`

async function refreshLifeMs(ctx: CheckContext): Promise<number | undefined> {
  const { refreshTokens } = (await ctx.backend.control.config()).authentication
  return refreshTokens.enabled ? refreshTokens.expiryPeriod : undefined
}
