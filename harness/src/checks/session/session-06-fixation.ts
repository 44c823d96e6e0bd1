import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import { headersNamed, statusText } from '../../instruments/http-exchange.ts'
import { isSignedOut, isSuccess } from '../shared/answers.ts'
import { sessionCookies } from '../shared/session-cookies.ts'
import { signsInOver } from '../shared/signs-in-over.ts'

/** What an attacker put into the session cookie before the login. */
const PLANTED = 'attackers-choice-0123456789abcdef'

export const session06 = defineCheck({
  id: 'SESSION-06',
  title: 'A login makes a new session; a cookie from before it gains nothing',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-7.2.4', 'NA0 session fixation'],
  source: [],
  mutants: ['keeps-session-id', 'keeps-malformed-id', 'login-leaves-session-before'],
  usualCauses: [
    'the session id of the anonymous visit is kept at login',
    'an unknown id from a cookie is taken as the new session id',
    'a login leaves the session that the browser had before',
  ],
  async run(ctx) {
    const names = (await sessionCookies(ctx, await ctx.signedIn())).map((cookie) => cookie.name)
    ctx.setup(names.length > 0, 'the login sets no cookie that the session needs.')
    await planted(ctx, names)
    await visitedBefore(ctx)
    await signedInAgain(ctx, names)
    await signedInOverAnother(ctx)
  },
})

/** An attacker plants a value of the attacker's own choice and waits for the victim to sign in. */
async function planted(ctx: CheckContext, names: readonly string[]): Promise<void> {
  const jar = createCookieJar()
  jar.absorb(
    names.map((name) => `${name}=${PLANTED}; Path=/${name.startsWith('__') ? '; Secure' : ''}`),
    '/',
  )
  const victim = (await ctx.visitor()).withJar(jar)
  const attacker = victim.copy()
  const login = await ctx.signIn(victim)
  const works = await victim.call('list')
  // Where the login takes it over and everything else finds it malformed, nobody is signed in, and the fault is the same.
  if (!isSuccess(works))
    ctx.expect(
      'planted values that the login set anew',
      0,
      headersNamed(login.headers, 'set-cookie').filter((each) => each.includes(PLANTED)).length,
    )
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
  if (!(await signsInOver(ctx, session))) return
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

/** Another user signs in where one is signed in: the session from before ends, and is not handed on. */
async function signedInOverAnother(ctx: CheckContext): Promise<void> {
  const before = await ctx.signedIn()
  const copy = before.copy()
  const next = (await ctx.visitor()).withJar(before.browser.jar)
  if (!(await signsInOver(ctx, next))) return
  const since = await ctx.mark()
  const works = await next.call('list')
  ctx.witness('a second user signed in over the session of the first', isSuccess(works))
  const owners = (await ctx.journal(since)).data().map(({ token }) => token?.userId)
  ctx.expect(
    'upstream calls as the user from before, after another has signed in',
    0,
    owners.filter((owner) => owner === before.user.id).length,
  )
  const answer = await copy.call('list')
  ctx.require('list with the cookies of the user from before', isSignedOut(answer), {
    expected: '401 or 403',
    got: statusText(answer),
  })
}
