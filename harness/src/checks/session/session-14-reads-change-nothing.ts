import { defineCheck } from '../../check.ts'
import { statusText, type Exchange, type HeaderList } from '../../instruments/http-exchange.ts'
import { isRecord } from '../../is-record.ts'
import type { Session } from '../../session.ts'
import { isUnsafe } from '../../target/route-schema.ts'
import type { RouteName } from '../../target/schema.ts'
import { isSuccess } from '../shared/answers.ts'
import { inTurn } from '../shared/in-turn.ts'
import { knownUpstream } from '../shared/upstream-of.ts'

const ATTEMPTS: readonly { about: string; method: string; query: string; headers: HeaderList }[] = [
  { about: 'GET', method: 'GET', query: '', headers: [] },
  { about: 'HEAD', method: 'HEAD', query: '', headers: [] },
  {
    about: 'GET as a link of another site',
    method: 'GET',
    query: '',
    headers: [
      ['Referer', 'https://evil.test/'],
      ['Sec-Fetch-Site', 'cross-site'],
      ['Sec-Fetch-Mode', 'navigate'],
      ['Sec-Fetch-Dest', 'document'],
    ],
  },
  {
    about: 'GET with X-HTTP-Method-Override',
    method: 'GET',
    query: '',
    headers: [['X-HTTP-Method-Override', 'POST']],
  },
  { about: 'GET with _method', method: 'GET', query: '_method=POST', headers: [] },
]

export const session14 = defineCheck({
  id: 'SESSION-14',
  title: 'Reading changes nothing: no GET and no HEAD creates, uploads or signs out',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: [],
  requirement: ['ASVS5-3.5.3'],
  source: [],
  mutants: ['get-creates', 'get-logout', 'method-override-trusted'],
  usualCauses: [
    'a route is registered for all methods',
    'sign-out is a link',
    'a middleware takes the method from a header or a parameter',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const routes = (['create', 'upload', 'logout'] as const).filter((name) => {
      const route = ctx.target.routes[name]
      return route !== undefined && isUnsafe(route)
    })
    if (routes.length === 0) ctx.skip('create and logout are declared with GET')
    await ctx.drain()
    const reading = knownUpstream(ctx, 'list')
    const attempts = routes.flatMap((route) => ATTEMPTS.map((each) => ({ route, ...each })))
    const attempted = await inTurn(ctx, attempts, (each) => attempt(session, each))
    for (const { act, outcome, view } of attempted) {
      const what = `${act.about} on ${act.route}`
      ctx.expect(
        `upstream changes through ${what}`,
        [],
        view
          .api()
          .filter(({ method, operation }) => method !== 'GET' && !reading.includes(operation))
          .filter(({ path }) => !path.startsWith('/authentication/renew'))
          .map(({ operation }) => operation),
      )
      for (const [whose, later] of outcome)
        ctx.require(`the ${whose} after ${what}`, isSuccess(later), {
          expected: '2xx',
          got: statusText(later),
        })
    }
    ctx.witness('the session works before and after', isSuccess(await session.call('list')))
  },
})

interface Attempt {
  route: RouteName
  about: string
  method: string
  query: string
  headers: HeaderList
}

/** Gives the lists that the user gets afterwards. */
async function attempt(
  session: Session,
  { route, method, query, headers }: Attempt,
): Promise<[whose: string, list: Exchange][]> {
  const visitor = session.copy()
  await visitor.call(route, {
    headers,
    edit(call) {
      const search = [query, asQuery(call.body)].filter((each) => each !== '').join('&')
      const path =
        search === '' ? call.path : `${call.path}${call.path.includes('?') ? '&' : '?'}${search}`
      return { method, path, headers: [] }
    },
  })
  return [
    ['session', await session.call('list')],
    ["browser's own cookies", await visitor.call('list')],
  ]
}

/** The fields of a JSON body as a query, for handlers that take either. */
function asQuery(body: Buffer | undefined): string {
  try {
    const value: unknown = JSON.parse(body?.toString('utf8') ?? '')
    if (!isRecord(value)) return ''
    const fields = Object.entries(value).filter(([, each]) => typeof each === 'string')
    return new URLSearchParams(fields as [string, string][]).toString()
  } catch {
    return ''
  }
}
