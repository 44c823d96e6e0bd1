import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { headerOf, headersNamed, textOf, type Exchange } from '../../instruments/http-exchange.ts'
import { CACHE_STATUS } from '../../instruments/shared-cache.ts'
import type { Session } from '../../session.ts'
import { fillText } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'
import { behindSharedCache } from '../shared/behind-cache.ts'
import { NAVIGATION } from '../shared/page-call.ts'

/** One URL, and how a browser asks for it. */
interface Visit {
  about: string
  isPage: boolean
  ask: (session: Session) => Promise<Exchange>
}

export const leak17 = defineCheck({
  id: 'LEAK-17',
  title: 'Behind a shared cache nobody gets what was made for another user',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['RFC9111', 'ASVS5-14.2.5', 'T-74', 'T-75', 'T-76', 'T-77', 'T-78'],
  source: ['RFC 9111 section 7.3: Set-Cookie does not keep a cache from storing an answer'],
  mutants: ['isr-page-with-user-data', 'me-kept-by-cdn', 'search-kept-by-cdn'],
  usualCauses: [
    'a page with user data is rendered once for all (ISR, s-maxage)',
    'a CDN rule caches GET routes by their path',
    'an answer that sets a cookie may be stored',
  ],
  async run(ctx) {
    const first = await ctx.signedIn()
    const second = await ctx.signedIn()
    const stranger = await ctx.visitor()
    const visits = visitsOf(ctx, first)
    if (visits.length === 0) ctx.skip('no route is read with GET, and no page is declared')
    await behindSharedCache(ctx, async (through) => {
      const shown = new Map<Visit, Exchange>()
      for (const visit of visits) shown.set(visit, await visit.ask(through(first)))
      ctx.witness(
        'the first user was answered through the cache',
        [...shown.values()].some((each) => isSuccess(each)),
      )
      const marks = marksOf(first, [...shown.values()])
      for (const [who, session] of [
        ['a second user', second],
        ['a stranger', stranger],
      ] as const)
        for (const visit of visits)
          judge(ctx, `${visit.about} for ${who}`, {
            visit,
            marks,
            direct: await visit.ask(session),
            cached: await visit.ask(through(session)),
          })
    })
  },
})

/** Every URL that is read with GET, as the first user's browser asks for it. */
function visitsOf({ target }: CheckContext, first: Session): Visit[] {
  const { user } = first
  const values = {
    id: user.documentId ?? user.file.id,
    'file.id': user.file.id,
    'file.name': user.file.name,
  }
  const visits: Visit[] = []
  for (const route of ['list', 'me', 'preview'] as const)
    if (target.routes[route]?.method === 'GET')
      visits.push({
        about: route,
        isPage: false,
        ask: (session) => session.call(route, { values }),
      })
  const { filter, method } = target.routes.list
  if (filter && method === 'GET') {
    const query = Object.fromEntries(
      Object.entries(filter).map(([name, template]) => [
        name,
        fillText(template, { term: 'bffc' }),
      ]),
    )
    const ask = (session: Session) => session.call('list', { query })
    visits.push({ about: 'filtered list', isPage: false, ask })
  }
  for (const path of target.pages)
    visits.push({
      about: `page ${path}`,
      isPage: true,
      ask: ({ browser }) =>
        browser.send({ method: 'GET', path, headers: [] }, { headers: NAVIGATION }),
    })
  return visits
}

/** What tells that an answer was made for a user: name, id, file, documents shown, cookies. */
function marksOf({ user, browser }: Session, answers: readonly Exchange[]): string[] {
  const documents = answers.flatMap((answer) => textOf(answer).match(/bffc-[0-9a-f]{16}/g) ?? [])
  const cookies = browser.jar.cookies().map(({ value }) => value)
  const own = [user.email, user.id, user.file.bytes.toString('utf8').trim(), ...cookies]
  return [...new Set([...own.filter((each) => each.length >= 8), ...documents])]
}

interface Judged {
  visit: Visit
  marks: readonly string[]
  direct: Exchange
  cached: Exchange
}

/** A route's answer is one user's own, so it must never come out of the store; a page may, without anything of a user in it. */
function judge(ctx: CheckContext, about: string, { visit, marks, direct, cached }: Judged): void {
  const status = headerOf(cached.headers, CACHE_STATUS) ?? 'none'
  ctx.require(about, visit.isPage || status !== 'stored', {
    expected: 'an answer of the BFF',
    got: `the stored answer for the first user (Cache-Control: ${headersNamed(cached.headers, 'cache-control').join(', ') || 'none'})`,
  })
  const seen = everything(cached)
  const granted = everything(direct)
  ctx.expect(
    `${about}: what belongs to the first user`,
    [],
    marks.filter((mark) => seen.includes(mark) && !granted.includes(mark)).map(shortened),
  )
}

const everything = (answer: Exchange) =>
  `${answer.headers.map(([name, value]) => `${name}: ${value}`).join('\n')}\n${textOf(answer)}`

const shortened = (mark: string) => (mark.length > 40 ? `${mark.slice(0, 40)}…` : mark)
