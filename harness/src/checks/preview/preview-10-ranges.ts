import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import {
  decodedBody,
  headerOf,
  statusText,
  type Exchange,
  type HeaderList,
} from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { randomContent } from '../shared/content.ts'
import { inBothDialects } from '../shared/storage-dialects.ts'

const SIZE = 5000
const FORMS = [
  'bytes=0-99',
  'bytes=100-',
  'bytes=-5',
  `bytes=${SIZE - 1}-${SIZE - 1}`,
  `bytes=${SIZE}-`,
  'bytes=0-9,20-29',
  'bytes=0-99,50-149',
  'bytes=abc',
  'bytes=9-5',
  'lines=1-2',
  'bytes=0-999999',
]

export const preview10 = defineCheck({
  id: 'PREVIEW-10',
  title: 'Whatever range is asked for, status, Content-Range and bytes agree',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-01', 'PREVIEW-02'],
  requirement: ['RFC9110 §14', 'RFC9110 §13.1.5'],
  source: ["Conduit's local storage ignores Range and answers 200 with the whole file"],
  mutants: ['206-with-full-body'],
  usualCauses: [
    '206 is answered whenever the browser sent Range, whatever storage did',
    'Content-Range is built from the request',
    'storage answered 206 and the route says 200',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const bytes = randomContent(SIZE, ctx.seed)
    await inBothDialects(ctx, async (dialect) => {
      const { file, documentId } = await ctx.backend.addFile(
        session.user,
        `ranges-${dialect}.bin`,
        bytes,
      )
      const values = { id: documentId ?? file.id, 'file.id': file.id, 'file.name': file.name }
      const ask = (headers: HeaderList) => session.call('preview', { values, headers })
      const whole = await ask([])
      ctx.witness(`a preview without Range works (${dialect})`, isSuccess(whole))
      for (const form of FORMS)
        judge(ctx, `Range: ${form} (storage: ${dialect})`, {
          answer: await ask([['Range', form]]),
          bytes,
        })
      await conditional(ctx, { ask, whole, bytes, dialect })
    })
  },
})

interface Judged {
  answer: Exchange
  bytes: Buffer
}

function judge(ctx: CheckContext, about: string, { answer, bytes }: Judged): void {
  const problem = problemOf(answer, bytes)
  ctx.require(about, problem === undefined, {
    expected: 'a correct 206 or 416, or the whole file with 200',
    got: problem ?? '',
  })
}

function problemOf(answer: Exchange, bytes: Buffer): string | undefined {
  const body = decodedBody(answer) ?? answer.rawBody
  if (answer.failure !== undefined) return statusText(answer)
  if (answer.status === 200)
    return body.equals(bytes) ? undefined : `200 with ${body.length} of ${bytes.length} bytes`
  if (answer.status === 416 || answer.status === 400) return undefined
  if (answer.status !== 206) return statusText(answer)
  if (headerOf(answer.headers, 'content-type')?.startsWith('multipart/byteranges')) return undefined
  const range = headerOf(answer.headers, 'content-range') ?? 'none'
  const [, from, to, total] = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(range) ?? []
  if (from === undefined || to === undefined) return `206 with Content-Range ${range}`
  if (total !== '*' && Number(total) !== bytes.length)
    return `206 with Content-Range ${range} for a file of ${bytes.length} bytes`
  return body.equals(bytes.subarray(Number(from), Number(to) + 1))
    ? undefined
    : `206 with Content-Range ${range} and ${body.length} other bytes`
}

interface Conditional {
  ask: (headers: HeaderList) => Promise<Exchange>
  whole: Exchange
  bytes: Buffer
  dialect: string
}

async function conditional(
  ctx: CheckContext,
  { ask, whole, bytes, dialect }: Conditional,
): Promise<void> {
  const etag = headerOf(whole.headers, 'etag')
  const mismatch = await ask([
    ['Range', 'bytes=0-99'],
    ['If-Range', '"not-this-one"'],
  ])
  judge(ctx, `If-Range that does not match (storage: ${dialect})`, { answer: mismatch, bytes })
  if (etag === undefined || etag.startsWith('W/')) return
  judge(ctx, `If-Range that matches (storage: ${dialect})`, {
    answer: await ask([
      ['Range', 'bytes=0-99'],
      ['If-Range', etag],
    ]),
    bytes,
  })
}
