import type { Page } from 'playwright-core'
import type { CheckContext } from '../../context.ts'
import type { Profile } from '../../instruments/chromium/profile.ts'
import { headerOf, statusText } from '../../instruments/http-exchange.ts'
import { until } from '../../instruments/settle.ts'
import type { TestUser } from '../../instruments/backend-users.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'

const USER_FIELDS =
  'input[type=email], input[autocomplete=username], input[name*=mail i], input[name*=user i], input[name*=login i], input[type=text]'

const SIGNED_IN_MS = 10_000

/**
 * Signs in by the application's own form: the declared one, or the first declared page with a password field. False when there is none that works;
 * a declared one that does not is a `SetupProblem`.
 */
export async function signInByForm(
  ctx: CheckContext,
  profile: Profile,
  { user, tab }: { user: TestUser; tab: Page },
): Promise<boolean> {
  const declared = ctx.target.ui?.login
  const pages = declared?.page === undefined ? ctx.target.pages : [declared.page]
  const sessions = async () =>
    new Set((await ctx.backend.control.tokens(user.id)).map(({ session }) => session))
  const before = await sessions()
  const password = declared?.pass ?? 'input[type=password]'
  for (const path of pages) {
    await profile.visit(path, { tab })
    const field = tab.locator(password).first()
    if (!(await field.isVisible().catch(() => false))) continue
    await tab
      .locator(declared?.user ?? USER_FIELDS)
      .first()
      .fill(user.email)
    await field.fill(user.password)
    if (declared) await tab.locator(declared.submit).first().click()
    else await field.press('Enter')
    const signedIn = await until(
      SIGNED_IN_MS,
      async () => [...(await sessions())].some((each) => !before.has(each)),
      100,
    )
    await profile.atRest()
    if (signedIn) return true
    if (!declared) ctx.note(`${path} has a login form that did not sign in: ${lastAnswer(profile)}`)
    break
  }
  if (declared)
    throw new SetupProblem(
      `ui.login did not sign in: fields ${declared.user} and ${declared.pass}, button ${declared.submit} on ${pages.join(', ')}. Last, ${lastAnswer(profile)}.`,
    )
  return false
}

/** What the browser was told last when it sent something. A page with `Referrer-Policy: no-referrer` sends its forms with `Origin: null`. Source: Fetch §3.1. */
function lastAnswer({ edge }: Profile): string {
  const sent = edge.answers().findLast(({ call }) => call.method !== 'GET')
  if (!sent) return 'nothing was sent'
  const origin = headerOf(sent.call.headers, 'origin') ?? 'none'
  return `${sent.call.method} ${sent.call.path} with Origin ${origin} answered ${statusText(sent)}`
}
