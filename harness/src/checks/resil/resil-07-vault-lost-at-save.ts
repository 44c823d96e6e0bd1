import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { isSignedOut, isSuccess, tally } from '../shared/answers.ts'
import { sideBySide } from '../shared/side-by-side.ts'

/** The vault is lost after so many further messages to it; the moments between two writes come first. */
const MOMENTS = [1, 2, 0, 3]
/** A lock that could not be given back runs out first. */
const SETTLED_MS = 90_000
/** Enough was seen when it took so long: a call may wait for the life of a lock. */
const ENOUGH_MS = 30_000
const CALLS_AFTER = 3

export const resil07 = defineCheck({
  id: 'RESIL-07',
  title: 'A vault that is lost while renewed tokens are saved costs one session at most',
  level: 'SHOULD',
  profiles: ['core', 'vault'],
  needs: { routes: ['login', 'list'], redis: true },
  dependsOn: ['REFRESH-18', 'RESIL-05'],
  requirement: ['tokens are saved as a pair or not at all'],
  source: ['Conduit spends the refresh token before it answers'],
  mutants: ['save-tokens-in-two-writes'],
  usualCauses: [
    'access and refresh token are saved by two commands',
    'the spent refresh token is presented at every call, because its refusal counts as an outage',
  ],
  async run(ctx) {
    if (ctx.vault.proxies.length === 0)
      ctx.skip('the way to the vault is not in the hands of the harness')
    const other = await ctx.signedIn()
    const losses: Loss[] = []
    const begun = performance.now()
    for (const messages of MOMENTS) {
      if (performance.now() - begun >= ENOUGH_MS) break
      losses.push(await lostAfter(ctx, messages))
      await settled(ctx, other)
    }
    // A lock that could not be given back has to run out: those of all losses do so at the same time.
    await sideBySide(losses.map((loss) => survives(ctx, loss)))
    const cuts = losses.filter(({ wasCut }) => wasCut).length
    ctx.witness(`the vault was lost ${cuts} times while tokens were saved`, cuts > 0)
    const list = await settled(ctx, other)
    ctx.aftermath.require('list of another session', isSuccess(list), {
      expected: '2xx',
      got: statusText(list),
    })
  },
})

interface Loss {
  about: string
  session: Session
  since: number
  wasCut: boolean
}

/** Loses the vault in the middle of a renewal, and opens the way to it again. */
async function lostAfter(ctx: CheckContext, messages: number): Promise<Loss> {
  const about = `lost after ${messages} messages`
  const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
  const gate = await ctx.gate({ operation: RENEW, user: session.user.id, at: 'answer' })
  const open = await session.open('list')
  ctx.witness('a renewal is under way', await gate.waiting(1, 8000))
  const since = await ctx.mark()
  const [proxy] = ctx.vault.proxies
  const isCut = proxy?.cutAfter(messages)
  try {
    await gate.release()
    await open.done
    return { about, session, since, wasCut: isCut?.() ?? false }
  } finally {
    await proxy?.set('open')
  }
}

async function survives(ctx: CheckContext, { about, session, since }: Loss): Promise<void> {
  const answer = await settled(ctx, session)
  ctx.require(`the session, ${about}`, isSuccess(answer) || isSignedOut(answer), {
    expected: `2xx, 401 or 403 within ${SETTLED_MS / 1000} s`,
    got: statusText(answer),
  })
  if (isSignedOut(answer)) await staysOver(ctx, session, about)
  else if (ctx.discovery.expiry.includes('decree')) await isWhole(ctx, session, about)
  await ctx.drain()
  const renewals = (await ctx.journal(since, session.user)).renews().length
  ctx.require(`renewals afterwards, ${about}`, renewals <= 3, {
    expected: 'at most 3: one that is refused, one that was asked for, one to try again',
    got: String(renewals),
  })
}

/** The first answer that says something; clients of Redis take their time to come back. */
async function settled(ctx: CheckContext, session: Session): Promise<Exchange> {
  let answer = await session.call('list')
  await until(
    SETTLED_MS,
    async () => {
      if (isSuccess(answer) || isSignedOut(answer)) return true
      answer = await session.call('list')
      return false
    },
    200,
  )
  return answer
}

async function staysOver(ctx: CheckContext, session: Session, about: string): Promise<void> {
  const answers = []
  for (let call = 0; call < CALLS_AFTER; call += 1) answers.push(await session.call('list'))
  ctx.require(`the next answers, ${about}`, answers.every(isSignedOut), {
    expected: `401 or 403 ×${CALLS_AFTER}`,
    got: tally(answers),
  })
}

/** Half a pair works until its access token is over. */
async function isWhole(ctx: CheckContext, session: Session, about: string): Promise<void> {
  await ctx.expire(session.user)
  const answer = await settled(ctx, session)
  ctx.require(`list when the saved access token is over, ${about}`, isSuccess(answer), {
    expected: '2xx, for a pair was saved',
    got: statusText(answer),
  })
}
