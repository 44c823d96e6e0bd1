import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { ExpiryMode } from '../../discovery.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'
import { isSuccess } from '../shared/answers.ts'

export const refresh01 = defineCheck({
  id: 'REFRESH-01',
  title: 'An expired access token is renewed once, without the user noticing',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['BBA refresh section', 'T-01'],
  source: ['POST /authentication/renew takes the refresh token as Bearer and answers a new pair'],
  mutants: ['no-refresh'],
  usualCauses: [
    '401 is passed on to the browser',
    'the refresh token was not kept at login',
    'the renewed access token is not used for the retry',
  ],
  async run(ctx) {
    for (const mode of modesOf(ctx)) {
      const session = await expiredOrSkipped(ctx, mode)
      if (session) await renewsOnce(ctx, session, mode)
    }
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
