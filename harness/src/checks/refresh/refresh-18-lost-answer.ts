import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import type { Session } from '../../session.ts'
import { isSignedOut, tally } from '../shared/answers.ts'

/** Calls within which the session must have come to its end. */
const CALLS_TO_END = 4
const CALLS_AFTER = 5

export const refresh18 = defineCheck({
  id: 'REFRESH-18',
  title: 'A renewal whose answer is lost ends the session cleanly, without a loop',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['FAPI 2 note on rotation', 'T-14'],
  source: [
    'Conduit spends the refresh token before it answers: who loses the answer has no token any more',
  ],
  mutants: ['renew-retry-loop'],
  usualCauses: [
    'the renewal is repeated by a retry library',
    'a refused renewal after a lost one counts as an outage, for ever',
    'the spent token is presented again at every call',
  ],
  async run(ctx) {
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const fault = await ctx.fault({
      operation: RENEW,
      user: session.user.id,
      times: 1,
      when: 'after',
      effect: { socket: 'reset' },
    })
    const first = await callAndCount(ctx, session)
    ctx.witness('the backend renewed, and its answer was lost', (await fault.hits()) > 0)
    ctx.require('renewals by the call whose renewal was lost', first.renews <= 2, {
      expected: 'at most 1, and 1 more to try again',
      got: String(first.renews),
    })
    ctx.require("the client's answer", isSignedOut(first.answer) || isOutage(first.answer), {
      expected: '401, or 5xx',
      got: statusText(first.answer),
    })
    await ends(ctx, session, first.answer)
    const since = await ctx.mark()
    const later = []
    for (let call = 0; call < CALLS_AFTER; call += 1) later.push(await session.call('list'))
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    ctx.expect('renewals once the session is over', 0, view.renews().length)
    ctx.require('answers once the session is over', later.every(isSignedOut), {
      expected: `401 or 403 ×${CALLS_AFTER}`,
      got: tally(later),
    })
  },
})

/** Nobody knows at first what became of the token; the next attempt tells. */
async function ends(ctx: CheckContext, session: Session, first: Exchange): Promise<void> {
  let answer = first
  for (let call = 1; call < CALLS_TO_END && !isSignedOut(answer); call += 1) {
    const next = await callAndCount(ctx, session)
    ctx.require('renewals by one call after the lost one', next.renews <= 1, {
      expected: 'at most 1',
      got: String(next.renews),
    })
    answer = next.answer
  }
  ctx.require(`the answer to call ${CALLS_TO_END} at the latest`, isSignedOut(answer), {
    expected: '401 or 403',
    got: statusText(answer),
  })
}

async function callAndCount(
  ctx: CheckContext,
  session: Session,
): Promise<{ answer: Exchange; renews: number }> {
  const since = await ctx.mark()
  const answer = await session.call('list')
  await ctx.drain()
  return { answer, renews: (await ctx.journal(since, session.user)).renews().length }
}

const isOutage = ({ failure, status }: Exchange) => failure === undefined && status >= 500
