import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { decodedBody, statusText } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'
import { previewOf } from '../shared/preview-of.ts'
import { upstreamOf } from '../shared/upstream-of.ts'

const FILE_URL = 'GET /storage/getFileUrl'

export const refresh27 = defineCheck({
  id: 'REFRESH-27',
  title: 'A preview renews like every other call, and answers the file',
  level: 'MUST',
  profiles: ['preview'],
  needs: { routes: ['login', 'list', 'preview'] },
  dependsOn: ['REFRESH-01', 'PREVIEW-01'],
  requirement: ['Conduit storage routes'],
  source: [
    'observed: GET /storage/getFileUrl/:id takes a token that is not good for none, so the 401 is armed here',
  ],
  mutants: ['preview-client-without-interceptor'],
  usualCauses: [
    'previews have an HTTP client of their own that does not renew',
    'what the preview renewed is not saved',
    'the answer of the first attempt is streamed',
  ],
  async run(ctx) {
    const mode = ctx.discovery.expiry[0] ?? 'decree'
    const session = mode === 'decree' ? await refusedNext(ctx) : await ctx.expired(mode)
    const content = Buffer.from(`For REFRESH-27: ${randomMarker(32)}\n`)
    const since = await ctx.mark()
    const answer = await previewOf(ctx, session, { name: 'refresh-27.txt', bytes: content })
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    const stimulus = view.data().some((entry) => entry.status === 401) || view.renews().length > 0
    ctx.witness('a preview that needed a renewal', stimulus)
    ctx.require("the client's answer", isSuccess(answer), {
      expected: '2xx',
      got: statusText(answer),
    })
    ctx.expect('renewals', 1, view.renews().length)
    const bytes = decodedBody(answer)
    ctx.require('the bytes', bytes?.equals(content) ?? false, {
      expected: `the file's ${content.length}`,
      got: bytes === undefined ? 'a body that cannot be decoded' : `${bytes.length} other bytes`,
    })
    const renewed = view.renews()[0]?.seq ?? 0
    const resolved = view
      .data()
      .filter((entry) => entry.seq > renewed && entry.operation.startsWith(FILE_URL))
    ctx.expect('calls for the address of the file after the renewal', 1, resolved.length)
    await expectSaved(ctx, session)
  },
})

/** A session whose token has run out, and whose preview is told so: getFileUrl itself takes a token that has run out for none. */
async function refusedNext(ctx: CheckContext): Promise<Session> {
  const session = await ctx.signedIn()
  const [operation = FILE_URL] = await upstreamOf(ctx, session, 'preview')
  await ctx.expire(session.user)
  await ctx.fault({
    operation,
    user: session.user.id,
    times: 1,
    effect: { status: 401, message: 'Token is expired or otherwise not valid' },
  })
  return session
}

async function expectSaved(ctx: CheckContext, session: Session): Promise<void> {
  const since = await ctx.mark()
  const later = await session.call('list')
  await ctx.drain()
  ctx.aftermath.require('list afterwards', isSuccess(later), {
    expected: '2xx',
    got: statusText(later),
  })
  const late = (await ctx.journal(since, session.user)).renews().length
  ctx.aftermath.expect('renewals afterwards', 0, late)
  ctx.aftermath.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
}
