import { defineCheck } from '../../check.ts'
import { statusText, type HeaderList } from '../../instruments/http-exchange.ts'
import { isSignedOut } from '../shared/answers.ts'
import { declaredCalls } from '../shared/declared-calls.ts'
import { inTurn } from '../shared/in-turn.ts'

export const proxy02 = defineCheck({
  id: 'PROXY-02',
  title: "The browser's Authorization header counts for nothing",
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['NA0 4.3'],
  source: [],
  mutants: ['trusts-client-authorization', 'me-trusts-client-authorization'],
  usualCauses: [
    "the session's token is only added when the header is missing",
    'mobile clients may send their own token to the same routes',
    'one route, added later, takes the header before the session',
  ],
  async run(ctx) {
    const other = await ctx.signedIn()
    const session = await ctx.signedIn()
    const foreign =
      (await ctx.backend.control.tokens(other.user.id)).find(
        (token) => token.kind === 'access' && token.state === 'live',
      )?.token ?? ''
    await ctx.drain()
    const calls = declaredCalls(ctx)
    for (const value of [
      `Bearer ${foreign}`,
      `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    ]) {
      const kind = value.split(' ')[0] ?? ''
      const headers: HeaderList = [['Authorization', value]]
      const asUser = await inTurn(ctx, calls, ({ route, options }) =>
        session.call(route, { ...options, headers }),
      )
      // A target may also refuse a request that brings its own credentials.
      ctx.witness(
        `a call with ${kind} credentials of the browser's was answered`,
        asUser.some(({ outcome }) => outcome.failure === undefined),
      )
      ctx.expect(
        `who the calls act for when the browser sends ${kind}`,
        [],
        [
          ...new Set(
            asUser
              .flatMap(({ view }) => view.data())
              .map((entry) => entry.token?.email)
              .filter((email) => email !== session.user.email),
          ),
        ],
      )
      const asStranger = await inTurn(ctx, calls, async ({ route, options }) => {
        const { documentId, file } = session.user
        const values = { id: documentId ?? file.id, 'file.id': file.id }
        return (await ctx.visitor()).call(route, { ...options, values, headers })
      })
      for (const { act, outcome: answer } of asStranger)
        // Some tell a stranger in so many words that nobody is signed in.
        if (act.route !== 'me')
          ctx.require(`${act.about} without a session, with ${kind}`, isSignedOut(answer), {
            expected: '401 or 403',
            got: statusText(answer),
          })
      ctx.expect(
        `upstream calls without a session, with ${kind}`,
        [],
        asStranger.flatMap(({ view }) => view.api()).map((entry) => entry.operation),
      )
    }
    ctx.witness('the session itself works', (await session.call('list')).status < 300)
  },
})
