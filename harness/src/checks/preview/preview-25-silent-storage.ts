import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import { isSuccess } from '../shared/answers.ts'
import { randomContent } from '../shared/content.ts'
import { openPreview } from '../shared/preview-of.ts'

const FIRST_PART = 64 * 1024
const MARGIN_MS = 2000
const CLOSED_WITHIN_MS = 3000
const NEVER = 'no answer in time'

export const preview25 = defineCheck({
  id: 'PREVIEW-25',
  title: 'A storage host that falls silent is given up in time',
  level: 'SHOULD',
  profiles: ['hardening', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-04'],
  requirement: ['ASVS5-16.5.2'],
  source: [],
  mutants: ['no-storage-timeout', 'no-storage-idle-timeout'],
  usualCauses: [
    'the call to the storage host has no time-out',
    'the time-out ends with the headers, and the body may stop for ever',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const since = await ctx.mark()
    const deadlineMs = ctx.target.policy.deadline + MARGIN_MS
    const stalled = async (name: string, place: { at: 'answer' } | { at: 'body' }) => {
      const gate = await ctx.gate({
        operation: STORAGE_GET,
        times: 1,
        ...place,
        ...(place.at === 'body' ? { afterBytes: FIRST_PART } : {}),
      })
      const bytes = randomContent(4 * FIRST_PART, ctx.seed)
      const open = await openPreview(ctx, session, { name, bytes }, { deadlineMs })
      ctx.witness(`storage is silent (${name})`, await gate.waiting(1, 8000))
      return { gate, open }
    }
    const early = await stalled('before-headers.bin', { at: 'answer' })
    const late = await stalled('mid-body.bin', { at: 'body' })
    const first = await early.open.done
    ctx.require('the answer when storage sends no headers', first.failure === undefined, {
      expected: `504 or 502 within ${ctx.target.policy.deadline} ms`,
      got: statusText(first),
    })
    const second = await late.open.done
    ctx.require('the end when storage stops in the middle', second.failure !== NEVER, {
      expected: `an end within ${ctx.target.policy.deadline} ms`,
      got: statusText(second),
    })
    const held = async () => (await early.gate.now()) + (await late.gate.now())
    await until(CLOSED_WITHIN_MS, async () => (await held()) === 0, 50)
    ctx.expect(
      'connections to storage still open afterwards',
      0,
      (await ctx.journal(since)).storage().filter(({ close }) => close === 'open').length,
    )
    for (const { gate } of [early, late]) await gate.release()
    const next = await session.call('preview')
    ctx.aftermath.require('a preview afterwards', isSuccess(next), {
      expected: '2xx',
      got: statusText(next),
    })
  },
})
