import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import { headersNamed, statusText, textOf, type Exchange } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

export const session24 = defineCheck({
  id: 'SESSION-24',
  title: 'Who asks who is signed in gets a clear answer without secrets',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'me', 'logout'] },
  dependsOn: ['VAULT-08'],
  requirement: ['BBA#bff_endpoints'],
  source: [],
  mutants: ['me-does-not-tell', 'me-remembers-after-logout', 'me-returns-session-object'],
  usualCauses: [
    'the session object is answered as it is',
    'the answer is kept by a cache, and so outlives the session',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const { user } = session
    const own = await session.call('me')
    ctx.witness('me answers a signed-in user', isSuccess(own))
    await expectDiscreet(ctx, 'with a session', own)
    const before = session.copy()
    const names = (await sessionCookies(ctx, session)).map((cookie) => cookie.name)
    await session.call('logout')
    const strangers = {
      'without a session': await (await ctx.visitor()).call('me'),
      'after logout': await session.call('me'),
      'after logout, with the old cookies': await before.call('me'),
      'with a session cookie that means nothing': await session
        .withJar(
          createCookieJar(
            Date.now,
            before.browser.jar
              .cookies()
              .map((cookie) =>
                names.includes(cookie.name) ? { ...cookie, value: 'x'.repeat(43) } : cookie,
              ),
          ),
        )
        .call('me'),
    }
    for (const [about, answer] of Object.entries(strangers)) {
      await expectDiscreet(ctx, about, answer)
      ctx.require(
        `me ${about}`,
        answer.failure === undefined && answer.status < 500 && clearlyOther(own, answer),
        { expected: '401, or an answer that differs', got: statusText(answer) },
      )
      ctx.expect(
        `the user in me ${about}`,
        false,
        [user.email, user.id].some((each) => textOf(answer).includes(each)),
      )
    }
  },
})

const clearlyOther = (own: Exchange, answer: Exchange) =>
  answer.status !== own.status || textOf(answer) !== textOf(own)

async function expectDiscreet(ctx: CheckContext, about: string, answer: Exchange): Promise<void> {
  const leaks = await ctx.leaksIn(answer, ['access', 'refresh', 'session-password', 'password'])
  ctx.expect(`secrets in me ${about}`, [], leaks.map(describeLeak))
  if (!isSuccess(answer) || answer.call.method !== 'GET') return
  const control = headersNamed(answer.headers, 'cache-control').join(', ').toLowerCase()
  ctx.require(
    `Cache-Control of me ${about}`,
    /\b(no-store|no-cache|private)\b/.test(control) && !/\b(public|s-maxage)\b/.test(control),
    { expected: 'no-store or private', got: control || 'none' },
  )
}
