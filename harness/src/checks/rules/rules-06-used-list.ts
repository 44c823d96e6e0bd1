import type { JournalEntry } from 'mock-conduit'
import type { Page } from 'playwright-core'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { Profile } from '../../instruments/chromium/profile.ts'
import { textOf } from '../../instruments/http-exchange.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { randomMarker } from '../../target/template.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'
import { listedSchema } from '../shared/listed-schema.ts'

const OTHERS = 80
const MATCHING = 7
const ANSWER_MS = 5000
const FIND_MS = 5000

export const rules06 = defineCheck({
  id: 'RULES-06',
  title: 'Searching, sorting and paging in a page is done by the backend',
  level: 'MUST',
  profiles: ['conduit', 'browser'],
  needs: { routes: ['login', 'list'], browser: true },
  dependsOn: [],
  requirement: ['project rule'],
  source: ['lists take skip, limit and sort; custom endpoints filter'],
  mutants: [
    'client-side-filter-ui',
    'page-carries-whole-list',
    'page-sorts-itself',
    'page-slices-all',
  ],
  usualCauses: [
    'a table component of the client filters, sorts and pages what it was given',
    'the page is given the whole list for an instant search',
    'the term of the search is not part of the key that the data is fetched by',
  ],
  async run(ctx) {
    const { search, sort, next } = ctx.target.ui ?? {}
    if (!search && !sort && !next) ctx.skip('ui.search, ui.sort and ui.next are not declared')
    const list = await longList(ctx)
    if (search) await expectSearched(ctx, list, search)
    if (sort) await expectAskedAgain(ctx, list, { ...sort, what: 'sort' })
    if (next) await expectAskedAgain(ctx, list, { ...next, what: 'next' })
  },
})

interface LongList {
  session: Session
  profile: Profile
  term: string
  others: string[]
}

/** More documents than a page shows; the newest few have a text in common. */
async function longList(ctx: CheckContext): Promise<LongList> {
  const session = await ctx.signedIn()
  const term = `t${randomMarker(6)}`
  const schema = await listedSchema(ctx, session, {})
  const others = await ctx.backend.addDocuments(session.user, { schema, count: OTHERS })
  await ctx.backend.addDocuments(session.user, { schema, count: MATCHING, text: term })
  await ctx.backend.control.clearCache()
  return { session, profile: await ctx.openProfile(session), term, others }
}

interface Search {
  page: string
  field: string
  submit?: string | undefined
}

async function expectSearched(
  ctx: CheckContext,
  { session, profile, term, others }: LongList,
  { page, field, submit }: Search,
): Promise<void> {
  const { page: tab } = await profile.visit(page)
  const since = await ctx.mark()
  const before = profile.edge.answers().length
  await use(tab, 'ui.search.field', field, (control) => control.fill(term))
  if (submit === undefined) await tab.locator(field).first().press('Enter')
  else await use(tab, 'ui.search.submit', submit, (control) => control.click())
  const calls = async () => (await ctx.journal(since, session.user)).data()
  const asked = await until(ANSWER_MS, async () => (await calls()).some(mentioning(term)), 50)
  await profile.atRest()
  const found = (await shownText(tab)).split(term).length - 1
  ctx.setup(asked || found > 1, `${page} shows nothing that was searched for by ui.search.`)
  ctx.witness(`${page} was searched: the term is shown ${found} times`, true)
  ctx.require(`${page}: the term in an upstream call`, asked, {
    expected: `a call with ${term}`,
    got: (await calls()).map(({ path }) => path).join(', ') || 'no call',
  })
  const received = profile.edge.answers().slice(before).map(textOf)
  ctx.expect(
    `${page}: documents received with the answer that do not match`,
    0,
    others.filter((marker) => received.some((text) => text.includes(marker))).length,
  )
  await tab.close()
}

const mentioning =
  (term: string) =>
  ({ path, requestBody }: JournalEntry): boolean =>
    path.includes(term) || (requestBody.text ?? '').includes(term)

interface Change {
  what: 'sort' | 'next'
  page: string
  control: string
  option?: string | undefined
}

/** The list shows other documents, or in another order, because the backend was asked for them. What a page loads ahead counts as asked for. */
async function expectAskedAgain(
  ctx: CheckContext,
  { session, profile, others }: LongList,
  { what, page, control, option }: Change,
): Promise<void> {
  const since = await ctx.mark()
  const { page: tab } = await profile.visit(page)
  const before = profile.edge.answers().length
  const order = () => orderIn(tab, others)
  const first = await order()
  await use(tab, `ui.${what}.control`, control, async (each) => {
    if (option === undefined) await each.click()
    else await each.selectOption(option)
  })
  const changed = await until(ANSWER_MS, async () => (await order()).join() !== first.join(), 50)
  await profile.atRest()
  ctx.setup(changed, `${page} shows the same documents after ui.${what}.`)
  ctx.witness(`${page} shows others after ui.${what}`, changed)
  const calls = (await ctx.journal(since, session.user)).data()
  ctx.require(`${page}: different upstream calls for ui.${what}`, differ(calls), {
    expected: 'a call of the list with another value',
    got: calls.map(({ path }) => path).join(', '),
  })
  const received = profile.edge.answers().slice(before).map(textOf)
  const most = Math.max(
    0,
    ...received.map((text) => others.filter((marker) => text.includes(marker)).length),
  )
  ctx.require(
    `${page}: documents received with one answer after ui.${what}`,
    most < others.length,
    {
      expected: `fewer than all ${others.length}`,
      got: String(most),
    },
  )
  await tab.close()
}

/** One operation on documents was called with two sets of values. */
function differ(calls: readonly JournalEntry[]): boolean {
  const seen = new Map<string, Set<string>>()
  for (const { operation, path, requestBody } of calls)
    if (operation.includes('/database/'))
      seen.set(operation, (seen.get(operation) ?? new Set()).add(path + (requestBody.text ?? '')))
  return [...seen.values()].some((values) => values.size > 1)
}

const shownText = (tab: Page): Promise<string> =>
  tab
    .locator('body')
    .innerText()
    .catch(() => '')

/** The markers that a page shows, in their order. */
async function orderIn(tab: Page, markers: readonly string[]): Promise<string[]> {
  const text = await shownText(tab)
  return markers
    .map((marker) => ({ marker, at: text.indexOf(marker) }))
    .filter(({ at }) => at >= 0)
    .sort((one, other) => one.at - other.at)
    .map(({ marker }) => marker)
}

/** Acts on what a selector of the target file finds. */
async function use(
  tab: Page,
  key: string,
  selector: string,
  act: (control: ReturnType<Page['locator']>) => Promise<unknown>,
): Promise<void> {
  const control = tab.locator(selector).first()
  try {
    await control.waitFor({ state: 'visible', timeout: FIND_MS })
    await act(control)
  } catch {
    throw new SetupProblem(`${key}: ${selector} was not found on ${tab.url()}, or not usable.`)
  }
}
