import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import {
  headersNamed,
  statusText,
  textOf,
  type Exchange,
  type HeaderList,
} from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'
import { NAVIGATION } from '../shared/page-call.ts'

const ROUTES = ['list', 'me', 'create', 'preview', 'logout'] as const
const LEADING = ['location', 'content-location', 'link', 'refresh', 'set-cookie']

export const proxy10 = defineCheck({
  id: 'PROXY-10',
  title:
    'The host that a client names ends up neither upstream nor in links, cookies and redirects',
  level: 'SHOULD',
  profiles: ['hardening'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['NA0 4.4', 'T-126'],
  source: [],
  mutants: ['host-header-links', 'forwards-host'],
  usualCauses: [
    'absolute URLs are made of the Host or X-Forwarded-Host header instead of the configured origin',
    'the Host header is copied to the backend call',
  ],
  async run(ctx) {
    let answered = 0
    for (const name of ['Host', 'X-Forwarded-Host'] as const) {
      const host = `bffc-${randomMarker(6)}.test`
      const headers = headersWith(name, host)
      const since = await ctx.mark()
      const answers = await everything(ctx, headers)
      answered += answers.filter(({ status }) => status > 0).length
      await ctx.drain()
      ctx.expect(
        `upstream calls with the Host of the client's ${name}`,
        [],
        (await ctx.journal(since)).entries
          .filter(({ requestHeaders }) => headersNamed(requestHeaders, 'host').includes(host))
          .map(({ operation }) => operation),
      )
      for (const answer of answers) {
        const about = `${answer.call.method} ${answer.call.path} with another ${name}`
        ctx.expect(`headers of ${about} that lead to it`, [], leadingTo(answer, host))
        ctx.expect(
          `links to it in the answer to ${about}`,
          false,
          textOf(answer).includes(`//${host}`),
        )
      }
    }
    ctx.witness(`${answered} requests for another host were answered`, answered > 0)
    const later = await (await ctx.signedIn()).call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

/** A proxy in front that passes the client's own on sends it in either place. */
const headersWith = (name: 'Host' | 'X-Forwarded-Host', host: string): HeaderList => [
  ...(name === 'Host' ? ([['Host', host]] satisfies HeaderList) : []),
  ['X-Forwarded-Host', host],
  ['Forwarded', `host=${host};proto=https`],
]

async function everything(ctx: CheckContext, headers: HeaderList): Promise<Exchange[]> {
  const stranger = await ctx.visitor()
  const session = await ctx.signedIn()
  const answers = [await (await ctx.visitor()).call('login', { headers })]
  const open = (who: Session, path: string) =>
    who.browser.send({ method: 'GET', path, headers: [] }, { headers: [...NAVIGATION, ...headers] })
  for (const path of new Set(['/', ...ctx.target.pages]))
    answers.push(await open(stranger, path), await open(session, path))
  for (const route of ROUTES)
    if (ctx.target.routes[route]) answers.push(await session.call(route, { headers }))
  return answers
}

const leadingTo = ({ headers }: Exchange, host: string) =>
  headers
    .filter(([name, value]) => LEADING.includes(name.toLowerCase()) && value.includes(host))
    .map(([name]) => name)
