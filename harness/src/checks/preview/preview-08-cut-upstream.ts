import { defineCheck } from '../../check.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { randomContent } from '../shared/content.ts'
import { inBothDialects } from '../shared/storage-dialects.ts'
import { previewOf } from '../shared/preview-of.ts'

const SIZE = 256 * 1024

export const preview08 = defineCheck({
  id: 'PREVIEW-08',
  title: 'A download that breaks off does not look complete',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-01', 'PREVIEW-02'],
  requirement: ['T-85'],
  source: [],
  mutants: ['swallow-upstream-error'],
  usualCauses: [
    'the error of the source ends the answer instead of destroying it',
    'what was read so far is sent with a fitting Content-Length',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    await inBothDialects(ctx, async (dialect) => {
      for (const socket of ['truncate', 'reset'] as const) {
        const fault = await ctx.fault({
          operation: STORAGE_GET,
          times: null,
          effect: { socket, afterBytes: SIZE / 2 },
        })
        const answer = await previewOf(ctx, session, {
          name: `cut-${socket}.bin`,
          bytes: randomContent(SIZE, ctx.seed),
        })
        const about = `storage (${dialect}) ${socket === 'reset' ? 'resets' : 'closes'} after half of the file`
        ctx.witness(about, (await fault.hits()) > 0)
        await fault.remove()
        const visible = answer.failure !== undefined || answer.status >= 400
        ctx.require(`${about}: the client's answer`, visible, {
          expected: 'an error, a short read or a reset',
          got: `a complete ${statusText(answer)} with ${answer.rawBody.length} of ${SIZE} bytes`,
        })
      }
    })
  },
})
