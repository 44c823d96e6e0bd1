import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type HeaderList } from '../../instruments/http-exchange.ts'
import type { RouteCall } from '../../instruments/route-call.ts'
import type { Session } from '../../session.ts'
import { isUnsafe } from '../../target/route-schema.ts'
import type { RouteName } from '../../target/schema.ts'
import { isSuccess } from '../shared/answers.ts'

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
  mutants: ['ignores-origin'],
  usualCauses: [
    'SameSite is the only defence',
    'the body is parsed whatever its content type',
    'a missing Sec-Fetch-Site counts as same-origin',
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
    for (const route of routes)
      for (const sender of SENDERS)
        for (const type of SIMPLE_TYPES) await forged(ctx, session, { route, sender, type })
    const own = new URL(ctx.site.origin ?? ctx.site.instances[0] ?? 'http://127.0.0.1')
    for (const route of routes)
      for (const sender of lookAlikes(own))
        await forged(ctx, session, { route, sender, type: 'text/plain' })
    const later = await session.call('list')
    ctx.witness('the cookie is valid all the time', isSuccess(later))
  },
})

/** Origins that look like the own one to a comparison by prefix or by suffix. */
function lookAlikes(own: URL): Sender[] {
  if (/^[\d.]+$/.test(own.hostname)) return []
  return [`${own.hostname}.evil.test`, `evil${own.hostname}`].map((host) => ({
    name: `Origin: ${own.protocol}//${host}`,
    headers: [
      ['Origin', `${own.protocol}//${host}`],
      ['Referer', `${own.protocol}//${host}/`],
    ],
    without: ['sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest'],
  }))
}

interface Forgery {
  route: RouteName
  sender: Sender
  type: string
}

async function forged(
  ctx: CheckContext,
  session: Session,
  { route, sender, type }: Forgery,
): Promise<void> {
  await ctx.drain()
  const since = await ctx.mark()
  const attacker = session.copy()
  const answer = await attacker.call(route, {
    withoutCsrf: true,
    headers: sender.headers,
    without: sender.without,
    edit: (call): RouteCall => ({
      ...call,
      headers: [
        ...call.headers.filter(([name]) => name.toLowerCase() !== 'content-type'),
        ['Content-Type', type],
      ],
    }),
  })
  const about = `${route} with ${sender.name} and ${type.split(';')[0] ?? type}`
  // Some say 200 or send the forger to a page, and do nothing: what counts is that nothing was changed.
  const broke = answer.failure !== undefined || answer.status >= 500
  ctx.require(about, !broke, { expected: 'less than 500', got: statusText(answer) })
  const changes = (await ctx.journal(since)).api().filter((entry) => entry.method !== 'GET')
  ctx.expect(
    `${about}: upstream calls`,
    [],
    changes.map((entry) => entry.operation),
  )
  const refused = answer.status >= 400
  const survives = await (refused ? session.copy() : attacker).call('list')
  ctx.require(`${about}: the session afterwards`, isSuccess(survives), {
    expected: '2xx',
    got: statusText(survives),
  })
}
