import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { until } from '../../instruments/settle.ts'
import { isSignedOut, isSuccess } from '../shared/answers.ts'

const ANSWER_MS = 5000
const RECOVERY_MS = 20_000
const MODES = {
  refuse: 'refuses connections',
  cut: 'cuts connections',
  silent: 'is silent',
} as const

export const resil05 = defineCheck({
  id: 'RESIL-05',
  title: 'Without its vault the BFF says so soon, and recovers by itself',
  level: 'MUST',
  profiles: ['core', 'vault'],
  needs: { routes: ['login', 'list'], redis: true },
  dependsOn: [],
  requirement: ['ASVS5-16.5.3', 'T-127', 'T-128', 'T-129'],
  source: [],
  mutants: ['redis-down-hangs'],
  usualCauses: [
    'the Redis client queues commands while it is offline, without a limit',
    'no command time-out is set',
    'a failed read counts as "no session" and the request goes on anonymously',
  ],
  async run(ctx) {
    if (ctx.vault.proxies.length === 0)
      ctx.skip('the way to the vault is not in the hands of the harness')
    for (const mode of ['refuse', 'cut', 'silent'] as const) await outage(ctx, mode)
  },
})

async function outage(ctx: CheckContext, mode: keyof typeof MODES): Promise<void> {
  const session = await ctx.signedIn()
  await ctx.drain()
  const since = await ctx.mark()
  const about = `while the vault ${MODES[mode]}`
  let during: Exchange
  try {
    for (const proxy of ctx.vault.proxies) await proxy.set(mode)
    during = await session.call('list', { deadlineMs: ANSWER_MS })
  } finally {
    for (const proxy of ctx.vault.proxies) await proxy.set('open')
  }
  const calls = (await ctx.journal(since)).api()
  ctx.witness(`the vault ${MODES[mode]}`, true)
  // A target that remembers the session in the process may serve its own user meanwhile.
  const own =
    isSuccess(during) &&
    calls.length > 0 &&
    calls.every((entry) => entry.token?.userId === session.user.id)
  const refused = isSignedOut(during) || (during.failure === undefined && during.status >= 500)
  ctx.require(`the answer within ${ANSWER_MS} ms ${about}`, own || refused, {
    expected: '503 or 401',
    got: statusText(during),
  })
  let after: Exchange | undefined
  await until(RECOVERY_MS, async () => isSuccess((after = await session.call('list'))), 250)
  ctx.require(`the same session after that`, after !== undefined && isSuccess(after), {
    expected: '2xx without a restart',
    got: after ? statusText(after) : 'none',
  })
}
