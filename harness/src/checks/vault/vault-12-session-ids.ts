import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import { isAccepted } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { derivationOf, variedBits, type LoginKnowledge } from '../shared/id-strength.ts'
import { bytesIn, isLinear } from '../shared/linear-generator.ts'
import { isMathRandom } from '../shared/math-random.ts'
import { sessionCookies } from '../shared/session-cookies.ts'

const USERS = 50
const LOGINS_EACH = 4
const AT_ONCE = 10
const ENOUGH = 100
/** Six bits of a random UUID say that it is one. */
const LEAST_BITS = 120
/** So many logins are searched for what they follow from. */
const SEARCHED = 10
/** So many come one right after another, from one instance. */
const IN_TURN = 6

interface Login extends LoginKnowledge {
  value: string
}

export const vault12 = defineCheck({
  id: 'VAULT-12',
  title: 'Session ids are random, long and never the same',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-7.2.3', 'SESS-CS'],
  source: [],
  mutants: [
    'session-id-counter',
    'session-id-from-linear-generator',
    'session-id-from-math-random',
  ],
  usualCauses: [
    'ids are counted',
    'ids are a hash of what an attacker knows or can guess: user, time, a counter',
    'too few random bytes',
    'a generator for games and statistics (java.util.Random, Math.random) instead of one for secrets',
  ],
  async run(ctx) {
    const first = await ctx.signedIn()
    const names = (await sessionCookies(ctx, first)).map((cookie) => cookie.name)
    ctx.witness('the login sets a session cookie', names.length > 0)
    const inTurn = await loginsInTurn(ctx, names)
    const logins = [...inTurn, ...(await manyLogins(ctx, names))]
    if (logins.length < ENOUGH)
      ctx.skip(`only ${logins.length} of ${USERS * LOGINS_EACH} logins were accepted`)
    ctx.witness(`${logins.length} logins`, true)
    const derived = logins
      .slice(0, SEARCHED)
      .flatMap((login) => derivationOf(login.value, login) ?? generatorOf(login.value) ?? [])
    if (isMathRandom(inTurn.map(({ value }) => value)))
      derived.push('Math.random: two ids in a row give all others')
    ctx.expect('what session ids follow from', [], [...new Set(derived)])
    const values = logins.map(({ value }) => value)
    ctx.expect('session ids of several logins', 0, values.length - new Set(values).size)
    const bits = Math.floor(variedBits(values))
    ctx.require('bits of a session id that vary', bits >= LEAST_BITS, {
      expected: `${LEAST_BITS} or more`,
      got: String(bits),
    })
  },
})

const generatorOf = (value: string) =>
  bytesIn(value).some(isLinear)
    ? 'a linear generator such as java.util.Random: one id gives all later ones'
    : undefined

async function loginsInTurn(ctx: CheckContext, names: readonly string[]): Promise<Login[]> {
  const logins: Login[] = []
  const visitor = await ctx.visitor()
  for (let count = 0; count < IN_TURN; count += 1) {
    const login = await logIn(ctx, { session: visitor, names, instance: 0 })
    if (login) logins.push(login)
  }
  return logins
}

/**
 * Several users, several times each, from a browser of its own each time. One login of a user at a time: a later one ends the tokens of
 * those before, and a BFF that asks the backend who has signed in would be refused in the middle of its login.
 */
async function manyLogins(ctx: CheckContext, names: readonly string[]): Promise<Login[]> {
  const logins: Login[] = []
  const users: Session[] = []
  for (let user = 0; user < USERS; user += 1) users.push(await ctx.visitor())
  const work = async () => {
    for (let next = users.pop(); next; next = users.pop())
      for (let count = 0; count < LOGINS_EACH; count += 1) {
        const instance = Date.now() % ctx.instances.length
        const login = await logIn(ctx, { session: next, names, instance })
        if (login) logins.push(login)
      }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return logins
}

/** From a browser of its own. */
async function logIn(
  ctx: CheckContext,
  {
    session: user,
    names,
    instance,
  }: { session: Session; names: readonly string[]; instance: number },
): Promise<Login | undefined> {
  const session = user.withJar(createCookieJar())
  const from = Date.now()
  const answer = await session.call('login', { instance })
  if (!isAccepted(answer)) return undefined
  const value = session.browser.jar
    .cookies()
    .filter(({ name }) => names.includes(name))
    .map((cookie) => readable(cookie.value))
    .join(';')
  return value === '' ? undefined : { value, user: session.user, from, to: Date.now() }
}

function readable(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
