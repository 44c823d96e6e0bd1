import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { journalMark, RENEW } from '../../instruments/journal-view.ts'
import { steady } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { isSuccess, tally } from '../shared/answers.ts'

const CALLS = 20
const FOREIGN = 'https://evil.test'

export const refresh26 = defineCheck({
  id: 'REFRESH-26',
  title: 'A refresh route of its own is as careful as a call that renews',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'refresh'] },
  dependsOn: ['VAULT-05', 'REFRESH-01'],
  requirement: ['Curity refresh tests'],
  source: ['a refresh token works once: the second renew of it answers 400'],
  mutants: ['public-refresh-endpoint'],
  usualCauses: [
    'the route calls the backend itself, past the lock that the other calls share',
    'the route answers the new tokens',
    'the route is open to other sites',
  ],
  async run(ctx) {
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    await manyAtOnce(ctx, session)
    await fromAnotherSite(ctx, session)
  },
})

async function manyAtOnce(ctx: CheckContext, session: Session): Promise<void> {
  const since = await ctx.mark()
  const gate = await ctx.gate({ operation: RENEW, user: session.user.id, at: 'request' })
  const opened = await Promise.all(
    Array.from({ length: CALLS }, (_, index) =>
      session.open('refresh', { instance: index % ctx.instances.length }),
    ),
  )
  await Promise.all(opened.map((each) => each.sent))
  ctx.witness('the refresh route renews', await gate.waiting(1, 8000))
  await steady(() => journalMark(ctx.backend.control), { forMs: 400, maxMs: 4000 })
  await gate.release()
  const answers = await Promise.all(opened.map((each) => each.done))
  await ctx.drain()
  const presented = (await ctx.journal(since, session.user))
    .renews()
    .map(({ token }) => token?.generation ?? 0)
  ctx.expect(
    'refresh tokens presented more than once',
    [],
    presented.filter((generation, at) => presented.indexOf(generation) !== at),
  )
  ctx.require('answers of the refresh route', answers.every(isAnswer), {
    expected: 'answers, none of them 401',
    got: tally(answers),
  })
  const leaks = []
  for (const answer of answers) leaks.push(...(await ctx.leaksIn(answer)).map(describeLeak))
  ctx.expect('tokens in the answers of the refresh route', [], [...new Set(leaks)])
  const list = await session.call('list')
  ctx.require('list afterwards', isSuccess(list), { expected: '2xx', got: statusText(list) })
}

const isAnswer = ({ failure, status }: { failure?: string; status: number }) =>
  failure === undefined && status !== 401

async function fromAnotherSite(ctx: CheckContext, session: Session): Promise<void> {
  await ctx.expire(session.user)
  const since = await ctx.mark()
  const answer = await session.call('refresh', {
    withoutCsrf: true,
    headers: [
      ['Origin', FOREIGN],
      ['Referer', `${FOREIGN}/`],
      ['Sec-Fetch-Site', 'cross-site'],
    ],
  })
  await ctx.drain()
  const isRefused = answer.failure === undefined && answer.status >= 400 && answer.status < 500
  ctx.require('the answer to a page of another site', isRefused, {
    expected: '4xx',
    got: statusText(answer),
  })
  ctx.expect(
    'renewals for a page of another site',
    0,
    (await ctx.journal(since, session.user)).renews().length,
  )
}
