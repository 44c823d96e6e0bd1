import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { headerOf, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { randomContent } from '../shared/content.ts'

const SIZE = 3 * 1024 * 1024
/** A part that was cut out of a whole download costs more than this. */
const SLACK = 1024 * 1024

interface Form {
  range: string
  from: number
  /** Exclusive. */
  to: number
}

const FORMS: readonly Form[] = [
  { range: 'bytes=0-99', from: 0, to: 100 },
  { range: `bytes=${SIZE / 2}-${SIZE / 2 + 999}`, from: SIZE / 2, to: SIZE / 2 + 1000 },
  { range: `bytes=${SIZE - 100}-`, from: SIZE - 100, to: SIZE },
  { range: 'bytes=-5', from: SIZE - 5, to: SIZE },
  { range: `bytes=${SIZE - 1}-${SIZE - 1}`, from: SIZE - 1, to: SIZE },
  { range: `bytes=${SIZE - 10}-${SIZE + 1000}`, from: SIZE - 10, to: SIZE },
]

export const preview09 = defineCheck({
  id: 'PREVIEW-09',
  title: 'Ranges are served, and fetched as ranges',
  level: 'MUST',
  profiles: ['preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-10'],
  requirement: ['RFC9110 §14', 'T-89', 'T-90', 'T-91'],
  source: ['S3 serves ranges; local storage of Conduit does not'],
  mutants: ['range-ignored', 'range-cut-from-whole'],
  usualCauses: [
    'Range is not passed on to the storage host',
    'the file is downloaded whole and cut in the BFF',
  ],
  async run(ctx) {
    if (ctx.target.routes.preview?.range !== true)
      ctx.skip('routes.preview.range is not declared, so ranges are optional')
    const { control } = ctx.backend
    const { storage } = await control.options()
    await control.setOptions({ storage: { dialect: 's3' } })
    try {
      const session = await ctx.signedIn()
      const bytes = randomContent(SIZE, ctx.seed)
      const { file, documentId } = await ctx.backend.addFile(session.user, 'ranges.bin', bytes)
      const values = { id: documentId ?? file.id, 'file.id': file.id, 'file.name': file.name }
      const ask = (range: string) =>
        session.call('preview', {
          values,
          headers: [['Range', range]],
          without: ['accept-encoding'],
        })
      for (const form of FORMS) await served(ctx, { ...form, ask, bytes })
      beyond(ctx, await ask(`bytes=${SIZE}-`))
    } finally {
      await control.setOptions({ storage })
    }
  },
})

interface Served extends Form {
  ask: (range: string) => Promise<Exchange>
  bytes: Buffer
}

async function served(ctx: CheckContext, { range, from, to, ask, bytes }: Served): Promise<void> {
  const since = await ctx.mark()
  const answer = await ask(range)
  await ctx.drain()
  const storage = (await ctx.journal(since)).storage()
  ctx.witness(`${range} led to the storage host (${statusText(answer)})`, storage.length > 0)
  ctx.require(`status for ${range}`, answer.failure === undefined && answer.status === 206, {
    expected: '206',
    got: statusText(answer),
  })
  const shown = headerOf(answer.headers, 'content-range') ?? 'none'
  ctx.require(
    `Content-Range for ${range}`,
    [`bytes ${from}-${to - 1}/${SIZE}`, `bytes ${from}-${to - 1}/*`].includes(shown),
    { expected: `bytes ${from}-${to - 1}/${SIZE}`, got: shown },
  )
  ctx.require(`bytes for ${range}`, answer.rawBody.equals(bytes.subarray(from, to)), {
    expected: `${to - from} bytes from ${from}`,
    got: `${answer.rawBody.length} bytes`,
  })
  const fetched = storage.reduce((sum, { bytesWritten }) => sum + bytesWritten, 0)
  ctx.require(`bytes fetched from storage for ${range}`, fetched <= to - from + SLACK, {
    expected: `about ${to - from}`,
    got: String(fetched),
  })
}

function beyond(ctx: CheckContext, answer: Exchange): void {
  const shown = headerOf(answer.headers, 'content-range')
  ctx.require('a range beyond the end', answer.status === 416, {
    expected: '416',
    got: statusText(answer),
  })
  ctx.require(
    'Content-Range of a 416',
    shown === undefined || [`bytes */${SIZE}`, 'bytes */*'].includes(shown),
    { expected: `bytes */${SIZE}`, got: shown ?? 'none' },
  )
}
