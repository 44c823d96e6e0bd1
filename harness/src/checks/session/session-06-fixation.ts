import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSignedOut, isSuccess } from '../shared/answers.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

export const session06 = defineCheck({
  id: 'SESSION-06',
  title: 'A login makes a new session; a cookie from before it gains nothing',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-7.2.4', 'NA0 session fixation'],
  source: [],
  mutants: ['keeps-session-id'],
  usualCauses: [
    'the session id of the anonymous visit is kept at login',
    'an unknown id from a cookie is taken as the new session id',
  ],
  async run(ctx) {
    const names = (await sessionCookies(ctx, await ctx.signedIn())).map((cookie) => cookie.name)
    ctx.setup(names.length > 0, 'the login sets no cookie that the session needs.')
    await planted(ctx, names)
    await visitedBefore(ctx)
    await signedInAgain(ctx, names)
  },
})

/** An attacker plants a value of the attacker's own choice and waits for the victim to sign in. */
async function planted(ctx: CheckContext, names: readonly string[]): Promise<void> {
  const jar = createCookieJar()
  jar.absorb(
    names.map(
      (name) =>
        `${name}=attackers-choice-0123456789abcdef; Path=/${name.startsWith('__') ? '; Secure' : ''}`,
    ),
    '/',
  )
  const victim = (await ctx.visitor()).withJar(jar)
  const attacker = victim.copy()
  await ctx.signIn(victim)
  const works = await victim.call('list')
  ctx.witness('the victim signed in with a planted cookie', isSuccess(works))
  const answer = await attacker.call('list')
  ctx.require('list with the planted cookie after the login', isSignedOut(answer), {
    expected: '401 or 403',
    got: statusText(answer),
  })
}

/** The same with a value that the target itself gave to an anonymous visitor. */
async function visitedBefore(ctx: CheckContext): Promise<void> {
  const victim = await ctx.visitor()
  await victim.browser.send({ method: 'GET', path: ctx.target.start.ready.get, headers: [] })
  await victim.call('list')
  if (victim.browser.jar.cookies().length === 0) return
  const attacker = victim.copy()
  await ctx.signIn(victim)
  const answer = await attacker.call('list')
  ctx.require("list with the visitor's cookies from before the login", isSignedOut(answer), {
    expected: '401 or 403',
    got: statusText(answer),
  })
}

async function signedInAgain(ctx: CheckContext, names: readonly string[]): Promise<void> {
  const session = await ctx.signedIn()
  const before = session.copy()
  await ctx.signIn(session)
  const values = (from: typeof session) =>
    from.browser.jar
      .cookies()
      .filter((cookie) => names.includes(cookie.name))
      .map((cookie) => cookie.value)
      .join()
  ctx.expect('a new identifier at the second login', true, values(before) !== values(session))
  const answer = await before.call('list')
  ctx.require('list with the cookies of the first login after the second', isSignedOut(answer), {
    expected: '401 or 403',
    got: statusText(answer),
  })
}
