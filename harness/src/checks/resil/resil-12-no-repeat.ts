import type { FaultEffect } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { isAccepted, statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'

/** What may come back of a create that was carried out; a gateway in between may have lost it. */
const LOST: readonly [about: string, effect: FaultEffect][] = [
  ['lost', { socket: 'reset' }],
  ['502', { status: 502, message: 'Bad gateway' }],
  ['503', { status: 503, message: 'Unavailable' }],
  ['504', { status: 504, message: 'Gateway timeout' }],
]

export const resil12 = defineCheck({
  id: 'RESIL-12',
  title: 'A create whose answer was lost is not sent again',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'create'] },
  dependsOn: [],
  requirement: ['RFC9110 §9.2.2'],
  source: [],
  mutants: ['axios-retry-on-post', 'retries-gateway-errors'],
  usualCauses: [
    'a retry library repeats every method on network errors',
    'statuses of gateways (502, 503, 504) are retried, whatever the method',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const before = await ctx.mark()
    const usual = await session.call('create')
    ctx.setup(isAccepted(usual), `create answered ${statusText(usual)}.`)
    const operation = (await ctx.journal(before, session.user))
      .data()
      .find((entry) => entry.method === 'POST')?.operation
    ctx.witness('create makes one call that is not idempotent', operation !== undefined)
    for (const [about, effect] of LOST) await isSentOnce(ctx, session, { operation, about, effect })
    const list = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(list), {
      expected: '2xx',
      got: statusText(list),
    })
  },
})

interface Loss {
  operation: string | undefined
  about: string
  effect: FaultEffect
}

/** The backend carries the create out, and nobody can tell from what comes back. */
async function isSentOnce(
  ctx: CheckContext,
  session: Session,
  { operation = '', about, effect }: Loss,
): Promise<void> {
  const fault = await ctx.fault({
    operation,
    user: session.user.id,
    times: 1,
    when: 'after',
    effect,
  })
  const since = await ctx.mark()
  const answer = await session.call('create')
  await ctx.drain()
  ctx.witness(`the answer to the create was ${about}`, (await fault.hits()) > 0)
  const attempts = (await ctx.journal(since, session.user))
    .data()
    .filter((entry) => entry.operation === operation)
  ctx.expect(`creates sent, answer ${about}`, 1, attempts.length)
  ctx.require(
    `the client's answer, answer of the backend ${about}`,
    answer.failure !== undefined || answer.status >= 500,
    { expected: '5xx', got: statusText(answer) },
  )
}
