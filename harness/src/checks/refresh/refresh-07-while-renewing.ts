import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { journalMark, RENEW } from '../../instruments/journal-view.ts'
import { steady } from '../../instruments/settle.ts'
import type { TcpProxy } from '../../instruments/tcp-proxy.ts'
import { isSuccess, tally } from '../shared/answers.ts'

const CALLS = 10
/** One command of a slow vault; slow enough to stretch what lies between an answer and its saving. */
const SLOW_VAULT_MS = 250

export const refresh07 = defineCheck({
  id: 'REFRESH-07',
  title: 'Calls that come during a renewal wait for it, until it is saved',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: ['VAULT-05', 'REFRESH-01', 'REFRESH-22'],
  requirement: ['T-12'],
  source: ['a refresh token works once: the second renew of it answers 400'],
  mutants: ['lock-released-before-save'],
  usualCauses: [
    'the lock is given back when the answer is there, not when it is saved',
    'a call that finds a renewal under way is refused instead of waiting',
    'calls that wait are woken with the old token',
  ],
  async run(ctx) {
    await during(ctx, { over: 1, about: '', vault: undefined })
    const [vault] = ctx.vault.proxies
    if (vault && ctx.instances.length > 1)
      await during(ctx, { over: ctx.instances.length, about: ', saved slowly', vault })
  },
})

interface Plan {
  over: number
  about: string
  /** The renewing instance's way to its vault, to be slowed down. */
  vault: TcpProxy | undefined
}

/** Instance 1 renews; the calls that come meanwhile go to it and, in turn, to the others. */
async function during(ctx: CheckContext, { over, about, vault }: Plan): Promise<void> {
  const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
  const since = await ctx.mark()
  const gate = await ctx.gate({ operation: RENEW, user: session.user.id, at: 'answer' })
  const first = await session.open('list')
  ctx.witness(`a renewal is under way${about}`, await gate.waiting(1, 8000))
  await vault?.delay(SLOW_VAULT_MS)
  try {
    const others = await Promise.all(
      Array.from({ length: CALLS }, (_, index) => session.open('list', { instance: index % over })),
    )
    await Promise.all(others.map((each) => each.sent))
    await steady(() => journalMark(ctx.backend.control), { forMs: 400, maxMs: 4000 })
    await gate.release()
    const answers = await Promise.all([first, ...others].map((each) => each.done))
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    ctx.expect(`renewals${about}`, 1, view.renews().length)
    ctx.require(
      `answers to calls before and during the renewal${about}`,
      answers.every(isSuccess),
      { expected: `2xx ×${answers.length}`, got: tally(answers) },
    )
    ctx.expect(`spent refresh tokens presented${about}`, 0, await ctx.reuses(session.user))
  } finally {
    await vault?.delay(0)
  }
}
