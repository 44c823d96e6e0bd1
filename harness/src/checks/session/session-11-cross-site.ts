import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type Exchange, type HeaderList } from '../../instruments/http-exchange.ts'
import type { RouteCall } from '../../instruments/route-call.ts'
import type { Session } from '../../session.ts'
import { isUnsafe } from '../../target/route-schema.ts'
import type { RouteName } from '../../target/schema.ts'
import { isSuccess } from '../shared/answers.ts'
import { inTurn } from '../shared/in-turn.ts'
import { knownUpstream } from '../shared/upstream-of.ts'

interface Sender {
  name: string
  headers: HeaderList
  without: string[]
}

const SENDERS: readonly Sender[] = [
  {
    name: 'Origin: https://evil.test',
    headers: [
      ['Origin', 'https://evil.test'],
      ['Referer', 'https://evil.test/'],
    ],
    without: ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'],
  },
  {
    name: 'Origin: null',
    headers: [['Origin', 'null']],
    without: ['referer', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'],
  },
  {
    name: 'Sec-Fetch-Site: cross-site',
    headers: [
      ['Origin', 'https://evil.test'],
      ['Referer', 'https://evil.test/'],
      ['Sec-Fetch-Site', 'cross-site'],
      ['Sec-Fetch-Mode', 'navigate'],
      ['Sec-Fetch-Dest', 'document'],
    ],
    without: [],
  },
]

/** The types that a form of another site can send without asking. */
const SIMPLE_TYPES = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
]

export const session11 = defineCheck({
  id: 'SESSION-11',
  title: 'Requests that another site forges change nothing, also with a valid cookie',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list', 'logout'] },
  dependsOn: [],
  requirement: ['ASVS5-3.5.2', 'CSRF-CS', 'BBA#pattern-bff-csrf'],
  source: [],
  mutants: [
    'ignores-origin',
    'origin-by-host-name',
    'sibling-origin-trusted',
    'upload-not-guarded',
  ],
  usualCauses: [
    'SameSite is the only defence',
    'the body is parsed whatever its content type',
    'a missing Sec-Fetch-Site counts as same-origin',
    'origins are compared by host name, by prefix or by suffix',
    'a route that takes forms, such as an upload, is left out',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const routes = (['create', 'logout', 'upload'] as const).filter(
      (name) => ctx.target.routes[name] !== undefined && isUnsafe(ctx.target.routes[name]),
    )
    ctx.setup(
      routes.length > 0,
      'neither create nor logout is declared with a method other than GET.',
    )
    const own = new URL(ctx.site.origin ?? ctx.site.instances[0] ?? 'http://127.0.0.1')
    const forgeries = routes.flatMap((route): Forgery[] => [
      ...SENDERS.flatMap((sender) => SIMPLE_TYPES.map((type) => ({ route, sender, type }))),
      ...(takesForms(ctx, route) ? SENDERS.map((sender) => ({ route, sender })) : []),
      ...lookAlikes(ctx, own).map((sender) => ({
        route,
        sender,
        ...(takesForms(ctx, route) ? {} : { type: 'text/plain' }),
      })),
    ])
    await ctx.drain()
    const reading = knownUpstream(ctx, 'list')
    for (const { act, outcome, view } of await inTurn(ctx, forgeries, (each) =>
      forged(session, each),
    )) {
      const type = act.type?.split(';')[0] ?? 'its own type'
      const about = `${act.route} with ${act.sender.name} and ${type}`
      const { answer, survives } = outcome
      // Some say 200 or send the forger to a page, and do nothing: what counts is that nothing was changed.
      const broke = answer.failure !== undefined || answer.status >= 500
      ctx.require(about, !broke, { expected: 'less than 500', got: statusText(answer) })
      ctx.expect(
        `${about}: upstream calls`,
        [],
        view
          .api()
          .filter(({ method, operation }) => method !== 'GET' && !reading.includes(operation))
          .map(({ operation }) => operation),
      )
      ctx.require(`${about}: the session afterwards`, isSuccess(survives), {
        expected: '2xx',
        got: statusText(survives),
      })
    }
    const later = await session.call('list')
    ctx.witness('the cookie is valid all the time', isSuccess(later))
  },
})

/** Whether what the route takes is what a form can send. */
const takesForms = ({ target: { routes } }: CheckContext, name: RouteName): boolean =>
  routes[name]?.form !== undefined || routes[name]?.multipart !== undefined

/** Origins that look like the own one to a comparison by prefix, by suffix or by host name, and a sibling, whose forms SameSite lets pass. */
function lookAlikes({ target }: CheckContext, own: URL): Sender[] {
  const isName = !/^[\d.]+$/.test(own.hostname)
  const isSiblingForeign = isName && target.policy.sameSiteSubdomains === 'untrusted'
  const hosts = [
    ...(isName ? [`${own.hostname}.evil.test`, `evil${own.hostname}`] : []),
    ...(isSiblingForeign ? [siblingOf(own.hostname)] : []),
    `${own.hostname}:${own.port === '8443' ? '9443' : '8443'}`,
  ]
  return hosts.map((host) => ({
    name: `Origin: ${own.protocol}//${host}`,
    headers: [
      ['Origin', `${own.protocol}//${host}`],
      ['Referer', `${own.protocol}//${host}/`],
    ],
    without: ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'],
  }))
}

/** `sub.app.test` of `app.test`; `sub.example.com` of `www.example.com`. */
function siblingOf(hostname: string): string {
  const labels = hostname.split('.')
  return `sub.${labels.length > 2 ? labels.slice(1).join('.') : hostname}`
}

interface Forgery {
  route: RouteName
  sender: Sender
  /** In place of the declared content type. */
  type?: string
}

/** The answer to the forger, and to the user's list afterwards. */
async function forged(
  session: Session,
  { route, sender, type }: Forgery,
): Promise<{ answer: Exchange; survives: Exchange }> {
  const attacker = session.copy()
  const answer = await attacker.call(route, {
    withoutCsrf: true,
    headers: sender.headers,
    without: sender.without,
    ...(type === undefined ? {} : { edit: (call: RouteCall) => typed(call, type) }),
  })
  const refused = answer.status >= 400
  return { answer, survives: await (refused ? session.copy() : attacker).call('list') }
}

const typed = (call: RouteCall, type: string): RouteCall => ({
  ...call,
  headers: [
    ...call.headers.filter(([name]) => name.toLowerCase() !== 'content-type'),
    ['Content-Type', type],
  ],
})
