import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSignedOut } from '../shared/answers.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

export const vault10 = defineCheck({
  id: 'VAULT-10',
  title: 'When the vault is wiped the session is over',
  level: 'MUST',
  profiles: ['vault'],
  needs: { routes: ['login', 'list'], redis: true },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-sessions'],
  source: [],
  mutants: ['cookie-fallback-tokens'],
  usualCauses: [
    'the cookie holds a copy of the tokens',
    'a missing entry is an exception, not a signed-out user',
  ],
  async run(ctx) {
    if (!ctx.vault.flush) ctx.skip('the vault was not started by the harness, so it is not wiped')
    const session = await ctx.signedIn()
    const names = (await sessionCookies(ctx, session)).map((cookie) => cookie.name)
    await ctx.drain()
    await ctx.vault.flush?.()
    const since = await ctx.mark()
    const answers = []
    for (const [instance] of ctx.instances.entries())
      answers.push(await session.copy().call('list', { instance }))
    const last = await session.call('list')
    await session.call('list')
    await ctx.drain()
    ctx.witness('the vault was wiped under a working session', names.length > 0)
    for (const answer of [...answers, last])
      ctx.require('list after the wipe', isSignedOut(answer), {
        expected: '401 or 403',
        got: statusText(answer),
      })
    ctx.expect(
      'upstream calls after the wipe',
      [],
      (await ctx.journal(since, session.user)).lines(),
    )
    const left = session.browser.jar
      .cookies()
      .filter((cookie) => names.includes(cookie.name) && cookie.value !== '')
    ctx.expect(
      'session cookies left in the browser',
      [],
      left.map((cookie) => cookie.name),
    )
  },
})
