import { defineCheck } from '../../check.ts'
import { headersNamed, statusText } from '../../instruments/http-exchange.ts'
import { declaredCalls } from '../shared/declared-calls.ts'
import { inTurn } from '../shared/in-turn.ts'

const PRIVILEGED = ['masterkey', 'clientid', 'clientsecret', 'x-api-key', 'x-user-id']
const FORWARDING = ['x-forwarded-for', 'x-forwarded-host', 'x-real-ip']
/** Whoever believes them behind the BFF does something else than was asked for. */
const OVERRIDING = ['x-http-method-override', 'x-http-method', 'x-method-override']
const VALUE = 'bffc-injected.test'

export const proxy05 = defineCheck({
  id: 'PROXY-05',
  title: 'Privileged headers of the browser do not reach the backend',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-4.1.3', 'NA0 4.1b'],
  source: ['Conduit reads masterkey, clientid and clientsecret from headers'],
  mutants: ['header-passthrough', 'method-override-passed-on', 'preview-passes-headers'],
  usualCauses: ['headers are forwarded by a deny-list instead of an allow-list'],
  async run(ctx) {
    const session = await ctx.signedIn()
    await ctx.drain()
    const headers = [...PRIVILEGED, ...FORWARDING, ...OVERRIDING]
      .filter((name) => name !== 'x-forwarded-host')
      .map((name): [string, string] => [name, VALUE])
    const acted = await inTurn(ctx, declaredCalls(ctx), ({ route, options }) =>
      session.call(route, { ...options, headers }),
    )
    for (const { act, outcome: answer, view } of acted) {
      const calls = view.api()
      ctx.witness(
        `${act.about} was answered (${statusText(answer)})`,
        answer.failure === undefined && (act.about !== 'list' || calls.length > 0),
      )
      const passed = [...PRIVILEGED, ...FORWARDING, ...OVERRIDING].filter((name) =>
        calls.some((entry) => headersNamed(entry.requestHeaders, name).includes(VALUE)),
      )
      ctx.expect(`headers of the browser that ${act.about} passed on as they were`, [], passed)
    }
  },
})
