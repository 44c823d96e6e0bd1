import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { journalMark } from '../../instruments/journal-view.ts'
import { steady } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { isSignedOut } from '../shared/answers.ts'
import { besideList, troubledCall } from '../shared/troubled-call.ts'

export const refresh08 = defineCheck({
  id: 'REFRESH-08',
  title: 'A 401 that no renewal cures ends after one retry',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-22'],
  requirement: ['T-21', 'T-22', 'T-24'],
  source: ['401 answers of the data routes: token revoked, client mismatch, 2FA is required'],
  mutants: ['retry-forever', 'preview-retries-twice'],
  usualCauses: [
    'the retry goes through the same interceptor as the first attempt',
    'the "already retried" mark is set on a copy of the request',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const before = await ctx.mark()
    await session.call('list')
    const operations = [
      ...new Set((await ctx.journal(before, session.user)).data().map((entry) => entry.operation)),
    ]
    ctx.witness('the list route calls the backend with a token', operations.length > 0)
    for (const operation of operations)
      await ctx.fault({
        operation,
        user: session.user.id,
        times: null,
        effect: { status: 401, message: 'Token is expired or otherwise not valid' },
      })
    await callOnce(ctx, session, 'first call')
    await callOnce(ctx, session, 'second call')
    await besideList(ctx, async (call, owner) => {
      const effect = { status: 401, message: 'Token is expired or otherwise not valid' }
      const met = await troubledCall(ctx, owner, call, effect)
      if (!met) return
      ctx.require(`${call.about}: attempts of one upstream call`, met.attempts <= 2, {
        expected: 'at most 2',
        got: String(met.attempts),
      })
      const renewals = met.view.renews().length
      ctx.require(`${call.about}: renewals`, renewals <= 1, {
        expected: 'at most 1',
        got: String(renewals),
      })
    })
  },
})

async function callOnce(ctx: CheckContext, session: Session, which: string): Promise<void> {
  const since = await ctx.mark()
  const answer = await session.call('list')
  await steady(() => journalMark(ctx.backend.control), { forMs: 600, maxMs: 4000 })
  const view = await ctx.journal(since, session.user)
  const attempts = view.data()
  if (which === 'first call')
    ctx.witness(
      'the call met a 401',
      attempts.some((entry) => entry.status === 401 && entry.fault !== undefined),
    )
  const most = Math.max(
    0,
    ...attempts.map(
      (entry) => attempts.filter((other) => other.operation === entry.operation).length,
    ),
  )
  ctx.require(`${which}: attempts of one upstream call`, most <= 2, {
    expected: 'at most 2',
    got: String(most),
  })
  ctx.require(`${which}: renewals`, view.renews().length <= 1, {
    expected: 'at most 1',
    got: String(view.renews().length),
  })
  ctx.require(`${which}: the client's answer`, isSignedOut(answer), {
    expected: '401 or 403',
    got: statusText(answer),
  })
}
