import type { JournalEntry } from 'mock-conduit'
import { defineCheck } from '../../check.ts'
import { headerOf, isAccepted, statusText } from '../../instruments/http-exchange.ts'
import { randomMarker } from '../../target/template.ts'

export const refresh14 = defineCheck({
  id: 'REFRESH-14',
  title: 'A create that meets an expired token is repeated with the same body, once',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'create'] },
  dependsOn: ['REFRESH-01'],
  requirement: ['T-52', 'T-54', 'T-55'],
  source: [],
  mutants: ['retry-drops-body'],
  usualCauses: [
    'the body was a stream and is spent',
    'the retry is built from the URL alone',
    'the content type is lost on the retry',
  ],
  async run(ctx) {
    const fresh = await ctx.signedIn()
    const before = await ctx.mark()
    const usual = await fresh.call('create')
    ctx.setup(isAccepted(usual), `create with a valid token answered ${statusText(usual)}.`)
    const pattern = posts((await ctx.journal(before, fresh.user)).data()).at(-1)
    const session = await ctx.expired(ctx.discovery.expiry[0] ?? 'decree')
    const nonce = `n-${randomMarker(8)}`
    const since = await ctx.mark()
    const answer = await session.call('create', { values: { nonce } })
    await ctx.drain()
    const view = await ctx.journal(since, session.user)
    const attempts = posts(view.data())
    ctx.witness('the create needed a renewal', view.renews().length > 0)
    const done = attempts.filter((entry) => entry.status < 400)
    ctx.require("the client's answer", isAccepted(answer), {
      expected: '2xx',
      got: statusText(answer),
    })
    ctx.expect('creates that the backend carried out', 1, done.length)
    ctx.expect('renewals', 1, view.renews().length)
    const last = done[0]
    ctx.expect(
      'the nonce in the body that was carried out',
      true,
      last?.requestBody.text?.includes(nonce) ?? false,
    )
    ctx.expect('content type and query', shapeOf(pattern), shapeOf(last))
    ctx.expect(
      'bodies of all attempts',
      1,
      new Set(attempts.map((entry) => entry.requestBody.sha256)).size,
    )
  },
})

const posts = (entries: readonly JournalEntry[]) =>
  entries.filter((entry) => entry.method !== 'GET' && entry.method !== 'HEAD')

/** Scopes name the user, so only the names of the query's parameters are compared. */
function shapeOf(entry: JournalEntry | undefined): string {
  if (!entry) return 'none'
  const query = [...new URL(entry.path, 'http://backend').searchParams.keys()].sort().join('&')
  return `${headerOf(entry.requestHeaders, 'content-type') ?? 'none'} ?${query}`
}
