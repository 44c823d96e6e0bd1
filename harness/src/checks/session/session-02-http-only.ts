import { defineCheck } from '../../check.ts'
import { haveInCommon } from '../shared/common-run.ts'
import { sessionCookiesOnTheWay } from '../shared/session-cookies.ts'

/** Characters in a row that random values do not share by chance. */
const PART = 20

export const session02 = defineCheck({
  id: 'SESSION-02',
  title: 'The session cookie is HttpOnly',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-cookie-security', 'ASVS5-3.3.4'],
  source: [],
  mutants: [
    'cookie-not-httponly',
    'cookie-prolonged-not-httponly',
    'session-id-in-readable-cookie',
  ],
  usualCauses: [
    'a route that prolongs the cookie sets it with other attributes',
    'httpOnly: false is left over from debugging',
    'the page reads the session cookie to know whether somebody is signed in',
    'the session id is set a second time under another name, for scripts',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const cookies = await sessionCookiesOnTheWay(ctx, session)
    ctx.witness('the login set a session cookie', cookies.length > 0)
    ctx.expect(
      'session cookies without HttpOnly',
      [],
      cookies.filter((cookie) => !cookie.httpOnly).map((cookie) => cookie.name),
    )
    const names = cookies.map(({ name }) => name)
    const others = (await ctx.signedIn()).browser.jar.cookies().map(({ value }) => value)
    const secrets = session.browser.jar.cookies().filter(({ name }) => names.includes(name))
    ctx.expect(
      'cookies without HttpOnly that hold (a part of) a session cookie',
      [],
      session.browser.jar
        .cookies()
        .filter(({ name, httpOnly }) => !httpOnly && !names.includes(name))
        .filter(({ value }) => secrets.some((secret) => isPartOf(secret.value, value, others)))
        .map(({ name }) => name),
    )
  },
})

const isPartOf = (secret: string, value: string, others: readonly string[]) =>
  haveInCommon(secret, value, { atLeast: PART, others })
