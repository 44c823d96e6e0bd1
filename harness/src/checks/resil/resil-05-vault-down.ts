import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import type { ExpiryMode } from '../../discovery.ts'
import { createCookieJar } from '../../instruments/cookie-jar.ts'
import { isAccepted, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { RENEW } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'
import { isSignedOut, isSuccess, tally } from '../shared/answers.ts'

const ANSWER_MS = 5000
const RECOVERY_MS = 20_000
/** A second caller has surely asked the backend, or found the renewal under way, by then. */
const WAITS_MS = 1000
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
  dependsOn: ['VAULT-05'],
  requirement: ['ASVS5-16.5.3', 'T-127', 'T-128', 'T-129'],
  source: [],
  mutants: ['redis-down-hangs', 'scripts-loaded-once'],
  usualCauses: [
    'the Redis client queues commands while it is offline, without a limit',
    'no command time-out is set',
    'a failed read counts as "no session" and the request goes on anonymously',
    'scripts are loaded once, at the start, and a restarted Redis does not know them',
    'a subscription is not taken up again, so that who waits for a renewal is never woken',
  ],
  async run(ctx) {
    if (ctx.vault.proxies.length === 0)
      ctx.skip('the way to the vault is not in the hands of the harness')
    for (const mode of ['refuse', 'cut', 'silent'] as const) await outage(ctx, mode)
    await renewsAgain(ctx)
  },
})

/** After a restart of the vault one instance renews while another waits for it: scripts are loaded, and channels subscribed to, anew. */
async function renewsAgain(ctx: CheckContext): Promise<void> {
  const [mode] = ctx.discovery.expiry
  if (mode === undefined) return
  for (const proxy of ctx.vault.proxies) await proxy.set('cut')
  await ctx.vault.forgetScripts?.()
  for (const proxy of ctx.vault.proxies) await proxy.set('open')
  let answers: Exchange[] = []
  await until(
    RECOVERY_MS,
    async () => {
      const session = (await isBack(ctx)) ? await expiredOrNone(ctx, mode) : undefined
      answers = session ? await renewedByTwo(ctx, session) : answers
      return session !== undefined && answers.every(isSuccess)
    },
    250,
  )
  ctx.require(
    'answers of two instances that need a renewal after the vault was restarted',
    answers.length > 0 && answers.every(isSuccess),
    { expected: '2xx ×2', got: answers.length > 0 ? tally(answers) : 'no login' },
  )
}

/** The answers to a call that renews and to one that waits for it, on another instance where there is one. */
async function renewedByTwo(ctx: CheckContext, session: Session): Promise<Exchange[]> {
  const since = await ctx.mark()
  const gate = await ctx.gate({ operation: RENEW, user: session.user.id, at: 'answer' })
  const first = await session.open('list')
  await gate.waiting(1, ANSWER_MS)
  const second = await session.open('list', { instance: ctx.instances.length - 1 })
  await second.sent
  const refused = async () =>
    (await ctx.journal(since, session.user)).data().filter(({ status }) => status === 401).length
  await until(WAITS_MS, async () => (await refused()) > 1, 50)
  await gate.release()
  return Promise.all([first.done, second.done])
}

/** None while the target has not quite found the vault again. */
async function expiredOrNone(ctx: CheckContext, mode: ExpiryMode): Promise<Session | undefined> {
  try {
    return await ctx.expired(mode)
  } catch (error) {
    if (error instanceof SetupProblem) return undefined
    throw error
  }
}

/** Whether every instance has found the vault again. One login after the other, for each ends the tokens of the one before. */
async function isBack(ctx: CheckContext): Promise<boolean> {
  const stranger = await ctx.visitor()
  for (const [instance] of ctx.instances.entries())
    if (!isAccepted(await stranger.withJar(createCookieJar()).call('login', { instance })))
      return false
  return true
}

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
