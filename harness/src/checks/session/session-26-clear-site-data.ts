import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import {
  headersNamed,
  isAccepted,
  statusText,
  type Exchange,
} from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSignedOut } from '../shared/answers.ts'
import { NAVIGATION } from '../shared/page-call.ts'
import { nextStep } from '../shared/redirect-payloads.ts'

const MOST_STEPS = 3
/** Types that browsers know and that hold data of a user; each is written in quotes. */
const CLEARED = ['"cache"', '"cookies"', '"storage"', '"*"']

export const session26 = defineCheck({
  id: 'SESSION-26',
  title: 'Logout tells the browser to forget what it keeps of the application',
  level: 'INFO',
  profiles: ['hardening'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: [],
  requirement: [
    'ASVS5-14.3.1',
    'SESS-CS',
    'W3C Clear Site Data §3.1: the types are quoted strings',
  ],
  source: [],
  mutants: ['no-clear-site-data', 'clear-site-data-without-quotes'],
  usualCauses: [
    'logout clears the cookie and says nothing of caches and web storage',
    'the types are written without quotes, which browsers ignore',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const out = await session.call('logout')
    ctx.setup(isAccepted(out), `logout answered ${statusText(out)}.`)
    const answers = [out, ...(await followed(ctx, session, out))]
    const list = await session.call('list')
    ctx.witness(`the session is over (list answered ${statusText(list)})`, isSignedOut(list))
    const said = answers.flatMap(({ headers }) => headersNamed(headers, 'clear-site-data'))
    const types = said.flatMap((value) => value.split(',').map((each) => each.trim()))
    ctx.note(`Clear-Site-Data: ${said.join(', ') || 'none'}`)
    ctx.require(
      'Clear-Site-Data of the logout',
      types.some((type) => CLEARED.includes(type)),
      { expected: `one of ${CLEARED.join(', ')}`, got: said.join(', ') || 'none' },
    )
  },
})

/** The answers that a browser meets when logout sends it on; any of them may carry the header. */
async function followed(ctx: CheckContext, session: Session, out: Exchange): Promise<Exchange[]> {
  const answers: Exchange[] = []
  let last = out
  while (answers.length < MOST_STEPS && last.status >= 300 && last.status < 400) {
    const [location] = headersNamed(last.headers, 'location')
    const from = new URL(last.call.path, ctx.site.origin ?? last.base)
    const next = location === undefined ? undefined : nextStep(location, from)
    if (next === undefined) break
    const path = next.pathname + next.search
    last = await session.browser.send(
      { method: 'GET', path, headers: [] },
      { headers: [...NAVIGATION] },
    )
    answers.push(last)
  }
  return answers
}
