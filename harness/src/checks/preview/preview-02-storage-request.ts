import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { haveInCommon } from '../shared/common-run.ts'
import { previewOf } from '../shared/preview-of.ts'

const FORBIDDEN = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'clientid',
  'clientsecret',
  'masterkey',
]

/** Characters in a row that a cookie has in common with nothing else by chance. */
const PART = 20
const SHORTEST = 8

export const preview02 = defineCheck({
  id: 'PREVIEW-02',
  title: 'The storage host gets no credentials but the presigned URL',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: [],
  requirement: ['least exposure', 'T-69'],
  source: ['S3 refuses a request with two ways of authentication'],
  mutants: ['axios-instance-for-storage', 'session-id-to-storage'],
  usualCauses: [
    "the backend's HTTP client, with its default headers, also fetches the presigned URL",
    "the browser's headers are passed on",
    'a header for tracing names the session by its id',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    await ctx.drain()
    const since = await ctx.mark()
    const answer = await previewOf(ctx, session, {
      name: 'storage-request.txt',
      bytes: Buffer.from('what the storage host sees'),
    })
    await ctx.drain()
    const view = await ctx.journal(since)
    const storage = view.storage()
    if (storage.length === 0)
      ctx.skip(`a preview (${statusText(answer)}) made no request to the storage host`)
    ctx.witness('the storage host was called', true)
    const cookies = session.browser.jar
      .cookies()
      .map((cookie) => cookie.value)
      .filter((value) => value.length >= SHORTEST)
    const others = (await ctx.signedIn()).browser.jar.cookies().map(({ value }) => value)
    for (const { requestHeaders, path } of storage) {
      ctx.expect(
        'headers of the storage request that carry credentials',
        [],
        requestHeaders
          .map(([name]) => name.toLowerCase())
          .filter((name) => FORBIDDEN.includes(name)),
      )
      const texts = [
        { where: 'URL', text: path },
        ...requestHeaders.map(([name, value]) => ({ where: `header ${name}`, text: value })),
      ]
      const secrets = await ctx.leaksIn(texts, [
        'access',
        'refresh',
        'client-secret',
        'session-password',
        'password',
      ])
      ctx.expect('secrets in the storage request', [], secrets.map(describeLeak))
      ctx.expect(
        'session cookie in the storage request',
        false,
        texts.some(({ text }) =>
          cookies.some(
            (cookie) =>
              text.includes(cookie) || haveInCommon(cookie, text, { atLeast: PART, others }),
          ),
        ),
      )
    }
    const resolved = view.api().filter((entry) => entry.operation.includes('/storage/getFileUrl'))
    ctx.expect('getFileUrl calls', 1, resolved.length)
    ctx.expect(
      'storage requests',
      ['GET'],
      storage.map((entry) => entry.method),
    )
    ctx.require('the preview', isSuccess(answer), { expected: '2xx', got: statusText(answer) })
  },
})
