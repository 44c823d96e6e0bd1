import { defineCheck } from '../../check.ts'
import { statusText } from '../../instruments/http-exchange.ts'
import { isSignedOut } from '../shared/answers.ts'

export const proxy02 = defineCheck({
  id: 'PROXY-02',
  title: "The browser's Authorization header counts for nothing",
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['NA0 4.3'],
  source: [],
  mutants: ['trusts-client-authorization'],
  usualCauses: [
    "the session's token is only added when the header is missing",
    'mobile clients may send their own token to the same routes',
  ],
  async run(ctx) {
    const other = await ctx.signedIn()
    const session = await ctx.signedIn()
    const foreign =
      (await ctx.backend.control.tokens(other.user.id)).find(
        (token) => token.kind === 'access' && token.state === 'live',
      )?.token ?? ''
    await ctx.drain()
    for (const value of [
      `Bearer ${foreign}`,
      `Basic ${Buffer.from('admin:admin').toString('base64')}`,
    ]) {
      const kind = value.split(' ')[0] ?? ''
      const since = await ctx.mark()
      const answer = await session.call('list', { headers: [['Authorization', value]] })
      await ctx.drain()
      const calls = (await ctx.journal(since)).data()
      // A target may also refuse a request that brings its own credentials.
      ctx.witness(
        `a call with ${kind} credentials of the browser's was answered`,
        answer.failure === undefined,
      )
      ctx.expect(
        `who the calls act for when the browser sends ${kind}`,
        [],
        [
          ...new Set(
            calls
              .map((entry) => entry.token?.email)
              .filter((email) => email !== session.user.email),
          ),
        ],
      )
      const mark = await ctx.mark()
      const stranger = await (
        await ctx.visitor()
      ).call('list', { headers: [['Authorization', value]] })
      await ctx.drain()
      ctx.require(`list without a session, with ${kind}`, isSignedOut(stranger), {
        expected: '401 or 403',
        got: statusText(stranger),
      })
      ctx.expect(
        `upstream calls without a session, with ${kind}`,
        [],
        (await ctx.journal(mark)).api().map((entry) => entry.operation),
      )
    }
    ctx.witness('the session itself works', (await session.call('list')).status < 300)
  },
})
