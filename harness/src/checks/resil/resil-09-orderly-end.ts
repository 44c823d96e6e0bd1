import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { decodedBody, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { RENEW, STORAGE_GET } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import type { Session } from '../../session.ts'
import type { Instance } from '../../target/running-instance.ts'
import { accepts } from '../../target/tcp-answers.ts'
import { isSuccess } from '../shared/answers.ts'
import { randomContent } from '../shared/content.ts'
import { openPreview } from '../shared/preview-of.ts'

const FIRST_PART = 64 * 1024
/** What an orchestrator gives a container by default. */
const EXIT_MS = 30_000
/** Some close their door only when all is done; then nothing shows that the signal arrived. */
const NOTICED_MS = 2000
/** The lock of an instance that is gone may have to run out first. */
const LOCK_MS = 15_000

export const resil09 = defineCheck({
  id: 'RESIL-09',
  title: 'An instance that is told to stop saves its renewal, and cuts no preview unseen',
  level: 'SHOULD',
  profiles: ['cluster'],
  needs: { routes: ['login', 'list', 'preview'], instances: 2 },
  dependsOn: ['REFRESH-05', 'VAULT-06', 'PREVIEW-04'],
  requirement: ['rolling deploys', 'T-26'],
  source: [
    'Conduit spends the refresh token before it answers: a renewal that is cut costs the session',
  ],
  mutants: ['exit-without-drain', 'previews-end-early-at-stop'],
  usualCauses: [
    'nothing listens to the stop signal, so the process ends at once',
    'the signal does not reach the server: a shell or npm is in between',
    'the server waits for open requests, and nobody for the renewal behind them',
  ],
  async run(ctx) {
    const [ending] = ctx.instances
    if (!ending?.end || !ending.restart)
      return ctx.skip('only a target that the harness started as a process can be told to stop')
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const reader = await ctx.signedIn()
    const renewal = await ctx.gate({ operation: RENEW, user: session.user.id, at: 'answer' })
    const storage = await ctx.gate({
      operation: STORAGE_GET,
      times: 1,
      at: 'body',
      afterBytes: FIRST_PART,
    })
    const since = await ctx.mark()
    const bytes = randomContent(4 * FIRST_PART, ctx.seed)
    const preview = await openPreview(ctx, reader, { name: 'held.bin', bytes })
    const list = await session.open('list')
    ctx.witness('a renewal of instance 1 is held', await renewal.waiting(1, 8000))
    ctx.witness('so is a preview, half-way', await storage.waiting(1, 8000))
    let inTime: boolean
    try {
      const end = ending.end(EXIT_MS)
      await noticed(ending)
      await renewal.release()
      await storage.release()
      inTime = await end
      ctx.note(`the call that renewed: ${statusText(await list.done)}`)
      expectWholeOrCut(ctx, await preview.done, bytes)
      await expectSaved(ctx, session, since)
    } finally {
      await ending.restart()
    }
    ctx.require('the end of instance 1', inTime, {
      expected: `within ${EXIT_MS / 1000} s of its stop signal`,
      got: 'it had to be killed',
    })
    const back = await session.call('list', { instance: 0 })
    ctx.aftermath.require('list on instance 1 when it is back', isSuccess(back), {
      expected: '2xx',
      got: statusText(back),
    })
  },
})

/** The signal has had an effect: no connection is taken any more, or nothing is left that could take one. */
async function noticed(instance: Instance): Promise<void> {
  const { hostname, port } = new URL(instance.url)
  const host = hostname.replace(/^\[|\]$/g, '')
  await until(
    NOTICED_MS,
    async () => instance.exited() !== undefined || !(await accepts(Number(port), host)),
    50,
  )
}

function expectWholeOrCut(ctx: CheckContext, answer: Exchange, bytes: Buffer): void {
  const body = answer.failure === undefined ? decodedBody(answer) : undefined
  const isFine = answer.failure !== undefined || answer.status >= 500 || body?.equals(bytes)
  ctx.require('the preview under way', isFine === true, {
    expected: `${bytes.length} bytes, or an end that shows`,
    got: `${statusText(answer)} with ${body?.length ?? 0} bytes`,
  })
}

/** Another instance goes on with the tokens that the ending one was given. */
async function expectSaved(ctx: CheckContext, session: Session, since: number): Promise<void> {
  let next = await session.call('list', { instance: 1 })
  await until(LOCK_MS, async () => {
    if (next.failure === undefined && next.status < 500) return true
    next = await session.call('list', { instance: 1 })
    return false
  })
  await ctx.drain()
  const view = await ctx.journal(since, session.user)
  ctx.require('the list on another instance afterwards', isSuccess(next), {
    expected: '2xx: the renewal was saved',
    got: statusText(next),
  })
  ctx.expect('renewals in all', 1, view.renews().length)
}
