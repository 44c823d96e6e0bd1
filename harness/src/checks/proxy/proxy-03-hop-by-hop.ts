import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type HeaderList } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import type { RouteName } from '../../target/schema.ts'
import { randomMarker } from '../../target/template.ts'
import { dataRoutes, isSuccess } from '../shared/answers.ts'

const NOMINATED = 'X-Bffc-Hop'

interface HopHeader {
  name: string
  valueFor: (mark: string) => string
  beside?: HeaderList
}

const OF_THE_BROWSER: readonly HopHeader[] = [
  {
    name: NOMINATED,
    valueFor: (mark) => mark,
    beside: [['Connection', `close, ${NOMINATED}`]],
  },
  { name: 'Keep-Alive', valueFor: (mark) => `timeout=5, bffc=${mark}` },
  { name: 'TE', valueFor: (mark) => `trailers, ${mark}` },
  { name: 'Upgrade', valueFor: (mark) => `bffc/${mark}` },
  { name: 'Proxy-Connection', valueFor: (mark) => `keep-alive, ${mark}` },
  { name: 'Proxy-Authorization', valueFor: (mark) => `Basic ${mark}` },
  { name: 'Proxy-Authenticate', valueFor: (mark) => `Bffc realm="${mark}"` },
]

export const proxy03 = defineCheck({
  id: 'PROXY-03',
  title: 'Headers that are meant for one connection stay on it, in both directions',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['RFC9110 §7.6.1', 'T-116', 'T-117', 'T-118', 'T-119'],
  source: [],
  mutants: ['forwards-hop-by-hop', 'forwards-nominated', 'relays-hop-by-hop'],
  usualCauses: [
    'headers are copied but for a list of names, on which some are missing',
    'nobody reads which headers Connection names',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const routes = dataRoutes(ctx)
    for (const route of routes) {
      await toTheBackend(ctx, session, route)
      await toTheBrowser(ctx, session, route)
    }
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

/** One at a time, for a server may refuse some of them. */
async function toTheBackend(ctx: CheckContext, session: Session, route: RouteName): Promise<void> {
  const since = await ctx.mark()
  const sent: { name: string; mark: string }[] = []
  for (const { name, valueFor, beside = [] } of OF_THE_BROWSER) {
    const mark = randomMarker(10)
    await session.call(route, { headers: [...beside, [name, valueFor(mark)]] })
    sent.push({ name, mark })
  }
  await ctx.drain()
  const { entries } = await ctx.journal(since)
  ctx.witness(`calls of ${route} with headers of its connection go upstream`, entries.length > 0)
  for (const { name, mark } of sent)
    ctx.expect(
      `upstream headers that ${name} of the browser on ${route} became`,
      [],
      entries.flatMap(({ requestHeaders }) => namesOf(requestHeaders, mark)),
    )
}

async function toTheBrowser(ctx: CheckContext, session: Session, route: RouteName): Promise<void> {
  const mark = randomMarker(10)
  const fault = await ctx.fault({
    operation: '*',
    user: session.user.id,
    times: null,
    effect: {
      addHeaders: {
        Connection: `close, ${NOMINATED}`,
        [NOMINATED]: mark,
        'Keep-Alive': `timeout=5, bffc=${mark}`,
        Upgrade: `bffc/${mark}`,
        'Proxy-Authenticate': `Bffc realm="${mark}"`,
        'Proxy-Connection': mark,
        'Proxy-Authentication-Info': mark,
      },
    },
  })
  const answer = await session.call(route)
  ctx.witness(
    `the backend answers ${route} with headers of its connection`,
    (await fault.hits()) > 0,
  )
  await fault.remove()
  ctx.expect(
    `headers of the backend's connection in the answer to ${route}`,
    [],
    namesOf([...answer.headers, ...answer.trailers], mark),
  )
  ctx.expect(
    `headers of the answer to ${route} that name ${NOMINATED}`,
    [],
    namesOf(answer.headers, NOMINATED),
  )
}

const namesOf = (headers: HeaderList, mark: string) =>
  headers
    .filter((header) => header.join(' ').toLowerCase().includes(mark.toLowerCase()))
    .map(([name]) => name)
