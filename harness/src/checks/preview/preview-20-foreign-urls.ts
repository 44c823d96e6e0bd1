import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'

export const preview20 = defineCheck({
  id: 'PREVIEW-20',
  title: 'Bytes are fetched from the storage host only, whatever URL the backend names',
  level: 'SHOULD',
  profiles: ['hardening', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: ['PREVIEW-02'],
  requirement: ['BBA#pattern-bff-proxy', 'ASVS5-13.2.4', 'SSRF-CS'],
  source: ['getFileUrl answers { result: url }, which configuration and stored documents shape'],
  mutants: ['fetches-any-url', 'storage-origin-by-prefix'],
  usualCauses: [
    'the URL of the backend is fetched without a look at its host',
    'the allow-list compares host names but not ports, or the beginning of the URL',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    ctx.witness('a preview works', isSuccess(await session.call('preview')))
    for (const { about, url } of foreignUrls(ctx)) {
      const fault = await ctx.fault({
        operation: 'GET /storage/getFileUrl/*',
        user: session.user.id,
        times: null,
        effect: { status: 200, body: JSON.stringify({ result: url }) },
      })
      const before = ctx.sink.calls().length
      const answer = await session.call('preview')
      ctx.witness(`the backend names ${about}`, (await fault.hits()) > 0)
      await fault.remove()
      ctx.expect(
        `calls of a foreign host when the backend names ${about}`,
        [],
        ctx.sink.calls().slice(before),
      )
      ctx.require(
        `the answer when the backend names ${about}`,
        answer.failure === undefined && answer.status >= 400,
        { expected: '502', got: statusText(answer) },
      )
    }
    const later = await session.call('preview')
    ctx.aftermath.require('a preview afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

/** First those that are seen to be called: who refuses none of them is not led to the others. */
function foreignUrls({ sink, backend }: CheckContext): { about: string; url: string }[] {
  const { port, host } = new URL(sink.url)
  const storage = new URL(backend.storageUrl)
  const other = storage.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  return [
    { about: 'another host', url: `http://${other}:${port}/x` },
    { about: 'another port', url: `http://${storage.hostname}:${port}/x` },
    { about: 'a loopback address of IPv6', url: `http://[::1]:${port}/x` },
    { about: 'the storage host as a user', url: `http://${storage.host}@${host}/x` },
    { about: 'a file', url: 'file:///etc/hostname' },
    { about: "a cloud's metadata", url: 'http://169.254.169.254/bffc-not-there' },
  ]
}
