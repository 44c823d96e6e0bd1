import { brotliCompressSync, gzipSync } from 'node:zlib'
import { defineCheck } from '../../check.ts'
import { decodedBody, headerOf, statusText } from '../../instruments/http-exchange.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { isSuccess } from '../shared/answers.ts'
import { openPreview } from '../shared/preview-of.ts'

const PLAIN = Buffer.from('The same line again and again.\n'.repeat(400))
const ENCODINGS = [
  { encoding: undefined, stored: PLAIN },
  { encoding: 'gzip', stored: gzipSync(PLAIN) },
  { encoding: 'br', stored: brotliCompressSync(PLAIN) },
]

export const preview11 = defineCheck({
  id: 'PREVIEW-11',
  title: 'Content-Encoding and Content-Length describe what is sent',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-01'],
  requirement: ['T-92', 'T-93', 'T-94'],
  source: ['S3 serves objects with the Content-Encoding they were stored with'],
  mutants: ['forwards-content-encoding'],
  usualCauses: [
    'fetch and axios decode the body, but Content-Encoding and Content-Length of storage are copied',
    'compressed bytes are passed on without their header',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    for (const { encoding, stored } of ENCODINGS) {
      const fault =
        encoding === undefined
          ? undefined
          : await ctx.fault({
              operation: STORAGE_GET,
              times: null,
              effect: { addHeaders: { 'Content-Encoding': encoding } },
            })
      for (const without of [[], ['accept-encoding']]) {
        const open = await openPreview(
          ctx,
          session,
          { name: `encoded-${encoding ?? 'plain'}.txt`, bytes: stored },
          { without },
        )
        const answer = await open.done
        const about = `storage sends ${encoding ?? 'no encoding'}, the browser ${without.length === 0 ? 'accepts gzip and br' : 'names none'}`
        ctx.witness(about, fault === undefined || (await fault.hits()) > 0)
        ctx.require(`${about}: status`, isSuccess(answer), {
          expected: '2xx',
          got: statusText(answer),
        })
        const body = decodedBody(answer)
        ctx.require(`${about}: the bytes after Content-Encoding`, body?.equals(PLAIN) ?? false, {
          expected: `${PLAIN.length} bytes of the file`,
          got:
            body === undefined
              ? `${answer.rawBody.length} bytes that are not ${headerOf(answer.headers, 'content-encoding') ?? 'plain'}`
              : `${body.length} other bytes`,
        })
      }
      await fault?.remove()
    }
  },
})
