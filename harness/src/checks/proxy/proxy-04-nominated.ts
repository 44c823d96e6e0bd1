import { defineCheck } from '../../check.ts'
import { headerOf, statusText } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'
import { inTurn } from '../shared/in-turn.ts'

const NOMINATED = [
  'close, authorization',
  'close, cookie',
  'close, authorization, cookie, content-type',
  'close, x-csrf, origin, content-type',
]

export const proxy04 = defineCheck({
  id: 'PROXY-04',
  title: 'A browser cannot take headers away by naming them in Connection',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['RFC9110 §7.6.1', 'T-119'],
  source: ['the BFF is an origin server: what Connection names concerns the hop before it'],
  mutants: ['honours-nominated-authorization', 'honours-nominated-content-type'],
  usualCauses: [
    'a proxy library removes the nominated headers after the access token was put in',
    'hop-by-hop headers of the browser are applied to the upstream request',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const routes = (['list', 'create'] as const).filter((name) => ctx.target.routes[name])
    await ctx.drain()
    const acts = routes.flatMap((route) => NOMINATED.map((connection) => ({ route, connection })))
    for (const { act, outcome: answer, view } of await inTurn(ctx, acts, ({ route, connection }) =>
      session.call(route, { headers: [['Connection', connection]] }),
    )) {
      const about = `${act.route} with Connection: ${act.connection}`
      const calls = view.api()
      ctx.expect(
        `whose token the upstream calls of ${about} carry`,
        [],
        calls
          .filter(({ token }) => token?.userId !== session.user.id || token.kind !== 'access')
          .map(({ operation, token }) => `${operation} with ${token?.email ?? 'none'}`),
      )
      ctx.expect(
        `upstream bodies of ${about} without their type`,
        [],
        calls
          .filter(({ method }) => method === 'POST')
          .filter(
            ({ requestHeaders, requestBody }) =>
              !/json/i.test(headerOf(requestHeaders, 'content-type') ?? '') ||
              requestBody.bytes === 0,
          )
          .map(({ operation }) => operation),
      )
      ctx.require(`the answer to ${about}`, answer.failure === undefined && answer.status < 500, {
        expected: 'an answer below 500',
        got: statusText(answer),
      })
    }
    ctx.witness('the session works afterwards', isSuccess(await session.call('list')))
  },
})
