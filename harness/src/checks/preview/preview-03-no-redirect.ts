import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { statusText, textOf } from '../../instruments/http-exchange.ts'
import { previewOf } from '../shared/preview-of.ts'

const POINTERS = [
  'location',
  'content-location',
  'link',
  'refresh',
  'x-accel-redirect',
  'x-sendfile',
  'x-reproxy-url',
]

export const preview03 = defineCheck({
  id: 'PREVIEW-03',
  title: 'The browser is not sent to the storage host',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: [],
  requirement: ['ASVS5-14.2.3', 'T-70'],
  source: ['getFileUrl answers 302 to the presigned URL when redirect has any value'],
  mutants: ['redirect-to-presigned'],
  usualCauses: [
    'the route redirects to the presigned URL',
    'redirect=true (or redirect=false, which counts as true) is sent upstream and the 302 passed on',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    await ctx.drain()
    const since = await ctx.mark()
    const answer = await previewOf(ctx, session, {
      name: 'no-redirect.txt',
      bytes: Buffer.from('not by way of a redirect'),
    })
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    const resolved = view.api().filter((entry) => entry.operation.includes('/storage/'))
    ctx.witness('the file was resolved upstream', resolved.length > 0)
    for (const entry of resolved.filter(
      (each) => each.responseBody.text !== undefined || each.status === 302,
    )) {
      const url =
        presignedIn(entry.responseBody.text ?? '') ??
        entry.responseHeaders.find(([name]) => name.toLowerCase() === 'location')?.[1]
      if (url !== undefined)
        ctx.registry.add({
          kind: 'presigned',
          owner: session.user.email,
          generation: 0,
          value: url,
        })
    }
    const host = new URL(ctx.backend.storageUrl).host
    const pointers = answer.headers
      .filter(([name, value]) => POINTERS.includes(name.toLowerCase()) && value.includes(host))
      .map(([name]) => name)
    ctx.expect('headers that point to the storage host', [], pointers)
    ctx.require('status', answer.status === 200 || answer.status === 206, {
      expected: '200 or 206',
      got: statusText(answer),
    })
    ctx.expect('the storage host in the body', false, textOf(answer).includes(host))
    ctx.expect(
      'presigned URLs in the answer',
      [],
      (await ctx.leaksIn(answer, ['presigned'])).map(describeLeak),
    )
    ctx.expect(
      'redirect asked for upstream',
      [],
      resolved.map((entry) => entry.path).filter((path) => /[?&]redirect=[^&]/.test(path)),
    )
  },
})

const presignedIn = (body: string) => /"(https?:\/\/[^"]+)"/.exec(body)?.[1]
