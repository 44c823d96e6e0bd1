import type { CheckContext } from '../../context.ts'
import { createCookieJar, type Cookie } from '../../instruments/cookie-jar.ts'
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
