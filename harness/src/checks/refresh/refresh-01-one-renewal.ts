import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { ExpiryMode } from '../../discovery.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import type { CallOptions, Session } from '../../session.ts'
import { fillText, randomMarker } from '../../target/template.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'
import { isSuccess } from '../shared/answers.ts'
import { sideBySide } from '../shared/side-by-side.ts'

export const refresh01 = defineCheck({
  id: 'REFRESH-01',
  title: 'An expired access token is renewed once, without the user noticing',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-02'],
  requirement: ['BBA refresh section', 'T-01'],
  source: ['POST /authentication/renew takes the refresh token as Bearer and answers a new pair'],
  mutants: [
    'no-refresh',
    'search-without-renewal',
    'me-without-renewal',
    'replayed-search-drops-term',
  ],
  usualCauses: [
    '401 is passed on to the browser',
    'the refresh token was not kept at login',
    'the renewed access token is not used for the retry',
    'one route calls the backend past the client that renews',
    'the retry is built from less than the first attempt: the query is lost',
  ],
  async run(ctx) {
    for (const mode of modesOf(ctx)) {
      const session = await expiredOrSkipped(ctx, mode)
      if (session) await renewsOnce(ctx, session, mode)
    }
    await sideBySide(otherReads(ctx).map((read) => renewsOn(ctx, read)))
  },
})

/** A target that looks only at `exp` survives only a life that is over; every other one must survive both ends. */
const modesOf = ({ discovery }: CheckContext): readonly ExpiryMode[] =>
  discovery.expiry.includes('decree') ? ['decree', 'clock'] : discovery.expiry

/** Some targets refuse at login a token that is expired already; nothing can be learnt from them that way. */
async function expiredOrSkipped(ctx: CheckContext, mode: ExpiryMode): Promise<Session | undefined> {
  if (mode === 'decree') return ctx.expired(mode)
  try {
    return await ctx.expired(mode)
  } catch (error) {
    if (!(error instanceof SetupProblem)) throw error
    ctx.note(`an access token that is past its exp at login: ${error.message}`)
    return undefined
  }
}

const HOW: Record<ExpiryMode, string> = {
  decree: 'after the backend refuses the token',
  clock: 'after the life of the token is over',
}

async function renewsOnce(ctx: CheckContext, session: Session, mode: ExpiryMode): Promise<void> {
  const since = await ctx.mark()
  const answer = await session.call('list')
  await ctx.drain()
  const view = await ctx.journal(since, session.user)
  const stimulus = view.data().some((entry) => entry.status === 401) || view.renews().length > 0
  ctx.witness(`a call that needed a renewal, ${HOW[mode]}`, stimulus)
  ctx.require(`the client's answer ${HOW[mode]}`, isSuccess(answer), {
    expected: '2xx',
    got: statusText(answer),
  })
  ctx.expect(`renewals ${HOW[mode]}`, 1, view.renews().length)
  const renewed = view.renews()[0]?.seq ?? 0
  const served = view.data().filter((entry) => entry.status < 400 && entry.seq > renewed)
  ctx.require('a data call with the renewed token, after the renewal', served.length > 0, {
    expected: 'list with the new token → 200',
    got: view.lines().join('; '),
  })
}

interface Read {
  about: string
  route: 'list' | 'me'
  options: CallOptions
}

/** Reads beside the plain list, whose code may be another. Previews are REFRESH-27's, creates REFRESH-14's. */
function otherReads({ target, discovery }: CheckContext): Read[] {
  // A target that looks only at `exp` does so before it knows which route is asked for.
  if (!discovery.expiry.includes('decree')) return []
  const { list, me } = target.routes
  const reads: Read[] = []
  if (list.filter) {
    const term = randomMarker(6)
    const query = Object.fromEntries(
      Object.entries(list.filter).map(([name, template]) => [name, fillText(template, { term })]),
    )
    reads.push({ about: 'a search', route: 'list', options: { query } })
  }
  if (me) reads.push({ about: 'me', route: 'me', options: {} })
  return reads
}

/** Says the same with an old token as with a good one, and asks the backend for the same. */
async function renewsOn(ctx: CheckContext, { about, route, options }: Read): Promise<void> {
  const session = await ctx.signedIn()
  const before = await ctx.mark()
  const usual = await session.call(route, options)
  if (!isSuccess(usual)) {
    ctx.note(`${about} answered ${statusText(usual)} before its token expired.`)
    return
  }
  const asked = (await ctx.journal(before, session.user)).data().map(askedBy)
  await ctx.expire(session.user)
  const since = await ctx.mark()
  const answer = await session.call(route, options)
  await ctx.drain()
  const view = await ctx.journal(since, session.user)
  const refused = view.data().filter(({ status }) => status === 401)
  // Who is signed in, or what was found a moment ago, may be known without the backend.
  if (refused.length === 0) return
  ctx.expect(`the answer to ${about} that needs a renewal`, usual.status, answer.status)
  ctx.expect(`renewals by ${about}`, 1, view.renews().length)
  const done = view.data().filter(({ status }) => status < 400)
  ctx.expect(
    `refused calls of ${about} that were repeated with another query`,
    [],
    refused
      .filter((call) => asked.includes(askedBy(call)) && !done.some(isSame(call, askedBy)))
      .filter((call) => done.some(isSame(call, placeOf)))
      .map(askedBy),
  )
}

const askedBy = ({ method, path }: JournalEntry) => `${method} ${path}`
const placeOf = ({ method, path }: JournalEntry) => `${method} ${path.split('?')[0] ?? ''}`
const isSame = (one: JournalEntry, by: (entry: JournalEntry) => string) => (other: JournalEntry) =>
  by(one) === by(other)
