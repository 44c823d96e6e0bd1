import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import type { Session } from '../../session.ts'
import { isSignedOut, tally } from '../shared/answers.ts'
import { eachExpired } from '../shared/side-by-side.ts'

/** What Conduit says to a refresh token that is of no use: spent or unknown, expired, user blocked; and what other servers say. */
const REFUSALS = [
  { status: 400, message: 'Refresh token not found' },
  { status: 400, message: 'Token expired' },
  { status: 401, message: 'Token is expired or otherwise not valid' },
  { status: 403, message: 'User is blocked' },
]
const CALLS_AFTER = 20

export const refresh10 = defineCheck({
  id: 'REFRESH-10',
  title: 'A refused renewal ends the session for good',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['BBA refresh section', 'Curity expired refresh token', 'T-23'],
  source: [
    'renew answers 400 "Refresh token not found", 400 "Token expired", 403 "User is blocked", not 401',
  ],
  mutants: ['terminal-only-on-401'],
  usualCauses: [
    'only a 401 of the renewal counts as the end, but Conduit answers 400 and 403',
    'the cookie is cleared, but the vault keeps the dead tokens',
  ],
  async run(ctx) {
    await eachExpired(ctx, REFUSALS, (session, refusal) => endsFor(ctx, session, refusal))
  },
})

async function endsFor(
  ctx: CheckContext,
  session: Session,
  refusal: { status: number; message: string },
): Promise<void> {
  const about = `renewal answered ${refusal.status} "${refusal.message}"`
  const fault = await ctx.fault({
    operation: RENEW,
    user: session.user.id,
    times: null,
    effect: refusal,
  })
  const before = session.copy()
  const answer = await session.call('list')
  ctx.witness(about, (await fault.hits()) > 0)
  ctx.require(`${about}: the client's answer`, isSignedOut(answer), {
    expected: '401 or 403',
    got: statusText(answer),
  })
  await ctx.drain()
  const since = await ctx.mark()
  const later = []
  for (let call = 0; call < CALLS_AFTER; call += 1) later.push(await session.call('list'))
  const replayed = await before.call('list')
  await ctx.drain()
  const view = await ctx.journal(since, session.user)
  ctx.expect(
    `${about}: renewals caused by the next ${CALLS_AFTER} calls and by the old cookie`,
    0,
    view.renews().length,
  )
  ctx.require(`${about}: answers to the next calls`, later.every(isSignedOut), {
    expected: `401 or 403 ×${CALLS_AFTER}`,
    got: tally(later),
  })
  await fault.remove()
  const revived = await before.copy().call('list')
  ctx.require(
    `${about}: the cookie from before, later`,
    isSignedOut(replayed) && isSignedOut(revived),
    {
      expected: '401 or 403, also when renewals are granted again',
      got: `${statusText(replayed)}, then ${statusText(revived)}`,
    },
  )
}
