import { defineCheck } from '../../check.ts'
import { decodedBody, statusText } from '../../instruments/http-exchange.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { until } from '../../instruments/settle.ts'
import { isSuccess } from '../shared/answers.ts'
import { randomContent } from '../shared/content.ts'
import { openPreview } from '../shared/preview-of.ts'

const FIRST_PART = 65_536
const FIRST_BYTE_MS = 5000

export const preview04 = defineCheck({
  id: 'PREVIEW-04',
  title: 'Previews stream: the first bytes arrive before the last are sent',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-01', 'PREVIEW-03'],
  requirement: ['T-80', 'T-81', 'T-82', 'T-83'],
  source: [],
  mutants: ['array-buffer-then-send'],
  usualCauses: [
    'the whole body is read (arrayBuffer, responseType "arraybuffer") before the answer begins',
    'a compression layer holds the stream back',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const bytes = randomContent(512 * 1024, ctx.seed)
    const gate = await ctx.gate({
      operation: STORAGE_GET,
      at: 'body',
      afterBytes: FIRST_PART,
      times: 1,
    })
    const open = await openPreview(ctx, session, { name: 'streamed.bin', bytes })
    ctx.witness(
      `the storage host holds the body after ${FIRST_PART} bytes`,
      await gate.waiting(1, 10_000),
    )
    const early = await until(FIRST_BYTE_MS, () => open.received() > 0 || open.isDone())
    const received = open.received()
    const endedEarly = open.isDone()
    await gate.release()
    const answer = await open.done
    ctx.require(
      'bytes at the client while the storage host waits',
      early && received > 0 && !endedEarly,
      {
        expected: 'at least 1',
        got: endedEarly ? `the answer ended (${statusText(answer)})` : String(received),
      },
    )
    const whole = decodedBody(answer) ?? answer.rawBody
    ctx.require('the whole preview', isSuccess(answer) && whole.equals(bytes), {
      expected: `2xx with ${bytes.length} bytes`,
      got: `${statusText(answer)} with ${whole.length} bytes`,
    })
  },
})
