import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { createCookieJar, type Cookie } from '../../instruments/cookie-jar.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { dataRoutes, isSignedOut, isSuccess } from '../shared/answers.ts'
import { sessionCookies } from '../shared/session-cookies.ts'
import { spoiledValues, type SpoiledValue } from '../shared/spoiled-cookies.ts'

/** A counter of requests by address is no session. */
const KEYS_BESIDE_SESSIONS = 4

export const vault11 = defineCheck({
  id: 'VAULT-11',
  title: 'A cookie that no login set belongs to nobody, and is no error either',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-7.2.1', 'NA0 1.2'],
  source: [],
  mutants: ['unseal-throws-500'],
  usualCauses: [
    'what opens the cookie throws, and nobody catches it',
    'an unknown id makes a session of its own',
    'the cookie is decoded without a look at its signature',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const needed = await sessionCookies(ctx, session)
    ctx.witness('the login set a session cookie', needed.length > 0)
    const other = await ctx.signedIn()
    const another = (name: string) =>
      other.browser.jar.cookies().find((each) => each.name === name)?.value ?? ''
    await ctx.drain()
    const before = await ctx.vault.read?.()
    const since = await ctx.mark()
    const routes = dataRoutes(ctx)
    let sent = 0
    for (const cookie of needed)
      for (const spoiled of spoiledValues(cookie.value, another(cookie.name))) {
        const route = routes[sent % routes.length] ?? 'list'
        const stranger = withCookie(session, { ...cookie, value: spoiled.value })
        const answer = await stranger.call(route, { instance: sent % ctx.instances.length })
        sent += 1
        ctx.require(
          `${route} with a ${cookie.name} that is ${spoiled.kind}`,
          isSignedOut(answer) || isBadRequest(spoiled, answer),
          { expected: '401 or 403', got: statusText(answer) },
        )
      }
    await ctx.drain()
    ctx.witness(`${sent} requests with such cookies`, sent > 0)
    const view = await ctx.journal(since)
    ctx.expect(
      'upstream calls for such cookies',
      [],
      [...view.api(), ...view.storage()].map((entry) => `${entry.operation} → ${entry.status}`),
    )
    await expectNoNewKeys(
      ctx,
      before?.map(({ key }) => key),
      sent,
    )
    const still = await session.call('list')
    ctx.aftermath.require('list with the good cookie', isSuccess(still), {
      expected: '2xx',
      got: statusText(still),
    })
  },
})

/** All cookies of a session, one of them replaced; what the answers set is not kept. */
const withCookie = (session: Session, changed: Cookie) =>
  session.withJar(
    createCookieJar(
      Date.now,
      session.browser.jar.cookies().map((each) => (each.name === changed.name ? changed : each)),
    ),
  )

/** HTTP itself may not take a value: it is too long for a header, or not text of a cookie. */
const isBadRequest = ({ kind }: SpoiledValue, { failure, status }: Exchange) =>
  failure === undefined &&
  ['garbage', 'too long'].includes(kind) &&
  [400, 413, 431].includes(status)

async function expectNoNewKeys(
  ctx: CheckContext,
  before: readonly string[] | undefined,
  sent: number,
): Promise<void> {
  const after = await ctx.vault.read?.()
  if (!before || !after) return
  const added = after.filter(({ key }) => !before.includes(key)).length
  ctx.require(`keys that ${sent} such cookies left in the vault`, added <= KEYS_BESIDE_SESSIONS, {
    expected: 'none',
    got: String(added),
  })
}
