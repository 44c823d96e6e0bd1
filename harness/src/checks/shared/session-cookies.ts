import type { CheckContext } from '../../context.ts'
import { createCookieJar, writtenCookie, type Cookie } from '../../instruments/cookie-jar.ts'
import { headersNamed } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from './answers.ts'

/** The cookies without which the session does not work: the declared ones, or those whose absence makes the list route refuse. */
export async function sessionCookies(ctx: CheckContext, session: Session): Promise<Cookie[]> {
  const all = session.browser.jar.cookies()
  const { cookie } = ctx.target.session
  if (cookie !== 'auto') return all.filter((each) => cookie.includes(each.name))
  const needed: Cookie[] = []
  for (const each of all) {
    const without = session.withJar(
      createCookieJar(
        Date.now,
        all.filter((other) => other !== each),
      ),
    )
    if (!isSuccess(await without.call('list'))) needed.push(each)
  }
  return needed
}

/**
 * The session cookies as they stood after the login and after each further answer, so that a route that sets one anew in another way is
 * seen; and as answers wrote them, for what one browser refuses another may keep.
 */
export async function sessionCookiesOnTheWay(
  ctx: CheckContext,
  given?: Session,
): Promise<Cookie[]> {
  const session = given ?? (await ctx.signedIn())
  const names = (await sessionCookies(ctx, session)).map(({ name }) => name)
  const seen: Cookie[] = []
  const add = (cookie: Cookie) => {
    if (names.includes(cookie.name) && !seen.some((known) => isLike(known, cookie)))
      seen.push(cookie)
  }
  const look = () => {
    session.browser.jar.cookies().forEach(add)
  }
  look()
  for (const route of ['list', 'me', 'preview', 'create', 'refresh'] as const) {
    if (!ctx.target.routes[route]) continue
    await session.call(route)
    look()
  }
  for (const path of ctx.target.pages) {
    await session.browser.send({ method: 'GET', path, headers: [] })
    look()
  }
  if (ctx.discovery.expiry.includes('decree')) {
    await ctx.expire(session.user)
    await session.call('list')
    look()
  }
  written(ctx).forEach(add)
  return seen
}

/** Every cookie that an answer of this check set; one that is taken away is none. */
function written(ctx: CheckContext): Cookie[] {
  const now = Date.now()
  return ctx.recorder
    .current()
    .flatMap(({ call, headers }) =>
      headersNamed(headers, 'set-cookie').map((header) => writtenCookie(header, call.path, now)),
    )
    .filter(({ value, expiresAt = Infinity }) => value !== '' && expiresAt > now)
}

const isLike = (one: Cookie, other: Cookie) =>
  one.name === other.name &&
  one.httpOnly === other.httpOnly &&
  one.secure === other.secure &&
  one.sameSite === other.sameSite
