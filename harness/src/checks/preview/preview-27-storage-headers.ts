import { defineCheck } from '../../check.ts'
import { headersNamed, type HeaderList } from '../../instruments/http-exchange.ts'
import { STORAGE_GET } from '../../instruments/journal-view.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'
import { openPreview } from '../shared/preview-of.ts'
import { inBothDialects } from '../shared/storage-dialects.ts'

export const preview27 = defineCheck({
  id: 'PREVIEW-27',
  title: "The storage host's own headers do not reach the browser",
  level: 'MUST',
  profiles: ['preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-01'],
  requirement: ['RFC9110 §7.6.1', 'NA0'],
  source: ['local storage sends Access-Control-Allow-Origin: *; S3 sends x-amz-* and Server'],
  mutants: ['relay-storage-headers', 'part-relays-storage-headers'],
  usualCauses: ['all headers of the storage answer are copied, but for a few'],
  async run(ctx) {
    const session = await ctx.signedIn()
    const mark = randomMarker(8)
    await inBothDialects(ctx, async (dialect) => {
      const fault = await ctx.fault({
        operation: STORAGE_GET,
        times: null,
        effect: {
          addHeaders: {
            'x-amz-request-id': mark,
            'x-amz-meta-owner': mark,
            'x-amz-server-side-encryption': mark,
            Server: `storage-${mark}`,
            Via: `1.1 ${mark}`,
            'X-Powered-By': mark,
            'Set-Cookie': [`storage=${mark}; Path=/`],
            'Access-Control-Allow-Origin': '*',
            'X-Nominated': mark,
            Connection: 'X-Nominated',
          },
        },
      })
      for (const headers of [[], [['Range', 'bytes=0-3']]] satisfies HeaderList[]) {
        const open = await openPreview(
          ctx,
          session,
          { name: 'with-headers.txt', bytes: Buffer.from('what else comes along') },
          { headers },
        )
        const answer = await open.done
        const about = `storage: ${dialect}${headers.length > 0 ? ', a range' : ''}`
        ctx.witness(about, (await fault.hits()) > 0 && isSuccess(answer))
        ctx.expect(
          `headers of storage in the preview (${about})`,
          [],
          answer.headers.filter(([, value]) => value.includes(mark)).map(([name]) => name),
        )
        ctx.expect(
          `Access-Control-Allow-Origin of the preview (${about})`,
          false,
          headersNamed(answer.headers, 'access-control-allow-origin').includes('*'),
        )
      }
      await fault.remove()
    })
  },
})
