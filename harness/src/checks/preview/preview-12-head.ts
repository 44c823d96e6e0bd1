import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import { headersNamed, statusText, type Exchange } from '../../instruments/http-exchange.ts'
import { until } from '../../instruments/settle.ts'
import { isSuccess } from '../shared/answers.ts'

const SIZE = 64 * 1024 * 1024
/** What storage may have sent before it is told to stop; most of it waits in the kernel. */
const MOST_TAKEN = SIZE / 2
const CLOSED_WITHIN_MS = 3000
const REFUSALS = [404, 405, 501]

/** What a GET says about its bytes, and what keeps them harmless. */
const SAME = [
  'content-type',
  'content-disposition',
  'content-security-policy',
  'x-content-type-options',
  'cache-control',
]
/** May be left out where only the bytes tell them (RFC 9110 section 9.3.2), but not be wrong. */
const SAME_IF_SAID = ['content-length', 'content-encoding', 'accept-ranges', 'etag']

export const preview12 = defineCheck({
  id: 'PREVIEW-12',
  title: 'HEAD says what GET would say, without the download',
  level: 'SHOULD',
  profiles: ['hardening', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-01'],
  requirement: ['RFC9110 §9.3.2'],
  source: [],
  mutants: [
    'head-downloads-all',
    'head-leaves-download-open',
    'head-without-headers',
    'head-says-no-bytes',
  ],
  usualCauses: [
    'the framework runs the handler of GET and throws the bytes away, or never reads them',
    'HEAD has a handler of its own that was forgotten',
    'the framework counts the bytes of the empty body of HEAD and says 0',
  ],
  async run(ctx) {
    if (ctx.target.routes.preview?.method !== 'GET') ctx.skip('the preview is not read with GET')
    const session = await ctx.signedIn()
    const { file, documentId } = await ctx.backend.addGeneratedFile(session.user, 'large.bin', {
      bytes: SIZE,
      seed: ctx.seed,
    })
    const values = { id: documentId ?? file.id, 'file.id': file.id, 'file.name': file.name }
    const opened = await session.open('preview', { values })
    await opened.head
    opened.abandon()
    const get = await opened.done
    ctx.witness('GET began to answer', get.status === 200)
    await ctx.drain()
    const since = await ctx.mark()
    const head = await session.call('preview', {
      values,
      edit: (call) => ({ ...call, method: 'HEAD' }),
    })
    if (REFUSALS.includes(head.status)) ctx.skip(`HEAD is refused with ${head.status}`)
    ctx.require('the answer to HEAD', head.failure === undefined && head.status === get.status, {
      expected: String(get.status),
      got: statusText(head),
    })
    ctx.expect('headers that GET and HEAD say differently', [], differences(get, head))
    // A GET may leave its length out; a HEAD that says one may not say another (RFC 9110 section 8.6).
    const length = headersNamed(head.headers, 'content-length').join(', ') || undefined
    const isRight = length === undefined || length === String(SIZE) || isEncoded(get)
    ctx.require('Content-Length of HEAD', isRight, {
      expected: `none, or ${SIZE}`,
      got: String(length),
    })
    const storage = async () => (await ctx.journal(since)).storage()
    const open = async () => (await storage()).filter(({ close }) => close === 'open').length
    await until(CLOSED_WITHIN_MS, async () => (await open()) === 0, 50)
    ctx.expect('downloads that stay open after HEAD', 0, await open())
    const taken = (await storage()).filter(isDownload)
    ctx.require('bytes that the storage host sent for HEAD', taken.length === 0, {
      expected: 'none, or a part',
      got: taken.map(({ bytesWritten }) => String(bytesWritten)).join(', '),
    })
    const next = await session.call('preview')
    ctx.aftermath.require('a preview afterwards', isSuccess(next), {
      expected: '2xx',
      got: statusText(next),
    })
  },
})

function differences(get: Exchange, head: Exchange): string[] {
  const of = ({ headers }: Exchange, name: string) => headersNamed(headers, name).join(', ')
  return [
    ...SAME,
    ...SAME_IF_SAID.filter((name) => of(head, name) !== '' && of(get, name) !== ''),
  ].flatMap((name) =>
    of(get, name) === of(head, name) ? [] : [`${name}: ${of(get, name)} / ${of(head, name)}`],
  )
}

const isEncoded = ({ headers }: Exchange) => headersNamed(headers, 'content-encoding').length > 0

const isDownload = ({ method, bytesWritten }: JournalEntry) =>
  method !== 'HEAD' && bytesWritten > MOST_TAKEN
