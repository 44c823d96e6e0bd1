import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { statusText, textOf, type Exchange } from '../../instruments/http-exchange.ts'
import type { RouteName } from '../../target/schema.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'

const METHODS = ['TRACE', 'OPTIONS', 'HEAD', 'PROPFIND', 'REPORT']
const ROUTES = ['list', 'me', 'create', 'preview', 'login'] as const

export const leak22 = defineCheck({
  id: 'LEAK-22',
  title: 'No method echoes cookies or tokens, and TRACE is refused',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-13.4.4', 'RFC9110 §9.3.8'],
  source: [],
  mutants: ['trace-echo', 'options-shows-request'],
  usualCauses: [
    'the server in front answers TRACE',
    'a handler for unknown methods shows the request for debugging',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const mark = `m-${randomMarker(8)}`
    const secrets = [mark, ...session.browser.jar.cookies().map(({ value }) => value)]
    let answered = 0
    for (const route of ROUTES.filter((name) => ctx.target.routes[name] !== undefined))
      for (const method of METHODS) {
        const answer = await session.copy().call(route, {
          headers: [['X-Bffc-Probe', mark]],
          edit: ({ body: _, ...call }) => ({
            ...call,
            method,
            headers: call.headers.filter(([name]) => name.toLowerCase() !== 'content-type'),
          }),
        })
        if (answer.status > 0) answered += 1
        await judge(ctx, { route, method, answer, secrets })
      }
    ctx.witness(`${answered} requests with unusual methods were answered`, answered > 0)
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

interface Judged {
  route: RouteName
  method: string
  answer: Exchange
  secrets: readonly string[]
}

async function judge(ctx: CheckContext, { route, method, answer, secrets }: Judged): Promise<void> {
  const about = `${method} on ${route}`
  if (method === 'TRACE')
    ctx.require(`the answer to ${about}`, answer.status === 0 || answer.status >= 300, {
      expected: '405 or another refusal',
      got: statusText(answer),
    })
  const shown = answer.headers.filter(([name]) => name.toLowerCase() !== 'set-cookie')
  const text = `${shown.map(([, value]) => value).join('\n')}\n${textOf(answer)}`
  ctx.expect(
    `the request in the answer to ${about}`,
    false,
    secrets.some((secret) => secret.length >= 8 && text.includes(secret)),
  )
  ctx.expect(`tokens in the answer to ${about}`, [], (await ctx.leaksIn(answer)).map(describeLeak))
}
