import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { Cookie } from '../../instruments/cookie-jar.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

export const session23 = defineCheck({
  id: 'SESSION-23',
  title: 'A second cookie of the same name does not put the user into the session of another',
  level: 'SHOULD',
  profiles: ['core', 'hardening'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA (why __Host-)', 'SESS-CS'],
  source: [],
  mutants: ['last-cookie-wins', 'first-cookie-wins', 'two-cookies-500'],
  usualCauses: [
    'a subdomain can set a cookie of that name, and the server takes one of the two without a look',
    'a cookie that is there twice becomes a list, and code that wants a text fails',
  ],
  async run(ctx) {
    const attacker = await ctx.signedIn()
    const victim = await ctx.signedIn()
    const tossed = await sessionCookies(ctx, attacker)
    ctx.witness('the login set a session cookie', tossed.length > 0)
    for (const first of ['own', 'tossed'] as const)
      await sendBoth(ctx, { attacker, victim, tossed, first })
    const list = await victim.call('list')
    ctx.aftermath.require('list with the own cookie', isSuccess(list), {
      expected: '2xx',
      got: statusText(list),
    })
  },
})

interface Both {
  attacker: Session
  victim: Session
  /** The attacker's session, planted in the victim's browser. */
  tossed: readonly Cookie[]
  first: 'own' | 'tossed'
}

async function sendBoth(ctx: CheckContext, both: Both): Promise<void> {
  const { attacker, victim, tossed, first } = both
  const own = victim.browser.jar.cookies()
  const sent = first === 'own' ? [...own, ...tossed] : [...tossed, ...own]
  const since = await ctx.mark()
  const answer = await victim.copy().call('list', {
    headers: [['Cookie', sent.map(({ name, value }) => `${name}=${value}`).join('; ')]],
  })
  await ctx.drain()
  const about = `two cookies, ${first === 'own' ? 'the own one first' : 'the tossed one first'}`
  ctx.require(`the answer to ${about}`, answer.failure === undefined && answer.status < 500, {
    expected: 'below 500',
    got: statusText(answer),
  })
  // No browser lets another host set a cookie of such a name.
  if (tossed.every(({ name }) => /^__host-/i.test(name))) return
  ctx.expect(
    `upstream calls as the attacker, after ${about}`,
    [],
    (await ctx.journal(since, attacker.user)).data().map(({ operation }) => operation),
  )
}
