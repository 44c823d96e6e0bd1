import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import {
  decodedBody,
  headerOf,
  statusText,
  type Exchange,
} from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'
import { randomContent } from '../shared/content.ts'
import { previewOf } from '../shared/preview-of.ts'

const INVALID_UTF8 = Buffer.concat([
  Buffer.from('caf'),
  Buffer.from([0xe9, 0x20, 0xff, 0xfe, 0xc3, 0x28, 0xed, 0xa0, 0x80, 0x00]),
  Buffer.from('end'),
])

const FILES = (seed: number): readonly { name: string; bytes: Buffer }[] => [
  { name: 'one-byte.bin', bytes: Buffer.from([0]) },
  { name: 'empty.bin', bytes: Buffer.alloc(0) },
  ...[65_535, 65_536, 65_537].map((size) => ({
    name: `around-64k-${size}.bin`,
    bytes: randomContent(size, seed + size),
  })),
  { name: 'five-mebibytes.bin', bytes: randomContent(5 * 1024 * 1024, seed) },
  { name: 'invalid-utf8.txt', bytes: INVALID_UTF8 },
  { name: 'gzip-magic.gz', bytes: gzipSync(randomContent(2000, seed + 1)) },
  {
    name: 'line-ends.txt',
    bytes: Buffer.from('\r\n\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'.repeat(200) + '\n\r\uFEFF'),
  },
]

export const preview01 = defineCheck({
  id: 'PREVIEW-01',
  title: 'Previews deliver the bytes of the file, all of them and unchanged',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-03'],
  requirement: ['core'],
  source: [
    'getFileUrl answers { result: url }; the storage host serves chunked bodies without Content-Length',
  ],
  mutants: ['text-decodes-body'],
  usualCauses: [
    'the body is read as text',
    'a Content-Length of the metadata is sent for other bytes',
    'the stream ends at the first chunk',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    for (const { name, bytes } of FILES(ctx.seed))
      await previewMatches(ctx, session, { name, bytes })
  },
})

async function previewMatches(
  ctx: CheckContext,
  session: Session,
  { name, bytes }: { name: string; bytes: Buffer },
): Promise<void> {
  const since = await ctx.mark()
  const answer = await previewOf(ctx, session, { name, bytes })
  const view = await ctx.journal(since)
  ctx.witness(`${name} was fetched upstream`, view.api().length + view.storage().length > 0)
  ctx.require(`${name}: status`, isSuccess(answer), { expected: '2xx', got: statusText(answer) })
  const body = decodedBody(answer)
  ctx.require(`${name}: Content-Encoding fits the body`, body !== undefined, {
    expected: 'decodable bytes',
    got: headerOf(answer.headers, 'content-encoding') ?? 'none',
  })
  ctx.expect(`${name}: bytes and SHA-256`, digest(bytes), digest(body ?? Buffer.alloc(0)))
  ctx.require(`${name}: Content-Length`, declaredLengthFits(answer), {
    expected: String(answer.rawBody.length),
    got: headerOf(answer.headers, 'content-length') ?? 'none',
  })
}

const digest = (bytes: Buffer) =>
  `${bytes.length} bytes ${createHash('sha256').update(bytes).digest('hex').slice(0, 16)}`

function declaredLengthFits({ headers, rawBody }: Exchange): boolean {
  const declared = headerOf(headers, 'content-length')
  return declared === undefined || Number(declared) === rawBody.length
}
