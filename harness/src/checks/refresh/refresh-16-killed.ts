import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import type { KeyLives } from '../../instruments/vault-content.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'

/** Beyond the life of the dead instance's lock. */
const MARGIN_MS = 5000
const CALLS_AFTER = 3

export const refresh16 = defineCheck({
  id: 'REFRESH-16',
  title: 'An instance that dies while it renews does not block the others',
  level: 'MUST',
  profiles: ['cluster'],
  needs: { routes: ['login', 'list'], instances: 2, redis: true },
  dependsOn: ['REFRESH-05', 'VAULT-06'],
  requirement: ['T-18', 'T-50'],
  source: ['Conduit spends the refresh token before it answers, so the session may be lost'],
  mutants: ['lock-without-ttl'],
  usualCauses: [
    'the lock has no life of its own: only its owner can give it back',
    'a mark "renewing" is kept in the session and never looked at again',
  ],
  async run(ctx) {
    const [dying] = ctx.instances
    const { lives } = ctx.vault
    if (!dying?.kill || !dying.restart)
      return ctx.skip('only a target that the harness started as a process can be killed')
    if (!lives) return ctx.skip('the vault is not in a Redis that the harness started')
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const before = await lives()
    const gate = await ctx.gate({ operation: RENEW, user: session.user.id, at: 'answer' })
    const first = await session.open('list', { instance: 0 })
    ctx.witness('the renewal of instance 1 is held', await gate.waiting(1, 8000))
    const limit = longestLife(before, await lives()) ?? ctx.target.policy.deadline
    try {
      await dying.kill()
      await gate.release()
      await first.done
      ctx.witness('instance 1 was killed meanwhile', dying.exited() !== undefined)
      await othersGoOn(ctx, session, limit + MARGIN_MS)
    } finally {
      await dying.restart()
    }
    const back = await (await ctx.signedIn({ instance: 1 })).call('list', { instance: 0 })
    ctx.aftermath.require('list on instance 1 when it is back', isSuccess(back), {
      expected: '2xx',
      got: statusText(back),
    })
  },
})

/** The longest life among the keys that came with the renewal; undefined where none would go by itself. */
function longestLife(before: KeyLives, during: KeyLives): number | undefined {
  const added = [...during].flatMap(([key, life]) =>
    before.has(key) || life === undefined ? [] : [life],
  )
  return added.length === 0 ? undefined : Math.max(...added)
}

async function othersGoOn(ctx: CheckContext, session: Session, limitMs: number): Promise<void> {
  let answer: Exchange | undefined
  await until(
    limitMs,
    async () => isSettled((answer = await session.call('list', { instance: 1 }))),
    250,
  )
  ctx.require('the answer of instance 2', answer !== undefined && isSettled(answer), {
    expected: `2xx, or 401 when the pair was lost, within ${Math.ceil(limitMs / 1000)} s`,
    got: answer ? statusText(answer) : 'none',
  })
  const later = []
  for (let call = 0; call < CALLS_AFTER; call += 1)
    later.push(statusText(await session.call('list', { instance: 1 })))
  ctx.expect(
    'the next answers of instance 2',
    later.map(() => (answer ? statusText(answer) : '')),
    later,
  )
}

const isSettled = (answer: Exchange) =>
  isSuccess(answer) || (answer.failure === undefined && answer.status === 401)
