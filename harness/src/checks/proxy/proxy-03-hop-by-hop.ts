import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { statusText, type HeaderList } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { randomMarker } from '../../target/template.ts'
import { isSuccess } from '../shared/answers.ts'
import { declaredCalls, type DeclaredCall } from '../shared/declared-calls.ts'

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
    for (const call of declaredCalls(ctx)) {
      await toTheBackend(ctx, session, call)
      await toTheBrowser(ctx, session, call)
    }
    const later = await session.call('list')
    ctx.aftermath.require('list afterwards', isSuccess(later), {
      expected: '2xx',
      got: statusText(later),
    })
  },
})

/** One at a time, for a server may refuse some of them. */
async function toTheBackend(
  ctx: CheckContext,
  session: Session,
  { about, route, options }: DeclaredCall,
): Promise<void> {
  const since = await ctx.mark()
  const sent: { name: string; mark: string }[] = []
  for (const { name, valueFor, beside = [] } of OF_THE_BROWSER) {
    const mark = randomMarker(10)
    await session.call(route, { ...options, headers: [...beside, [name, valueFor(mark)]] })
    sent.push({ name, mark })
  }
  await ctx.drain()
  const { entries } = await ctx.journal(since)
  // Who is signed in may be known without asking.
  if (route === 'me' && entries.length === 0) return
  ctx.witness(`calls of ${about} with headers of its connection go upstream`, entries.length > 0)
  for (const { name, mark } of sent)
    ctx.expect(
      `upstream headers that ${name} of the browser on ${about} became`,
      [],
      entries.flatMap(({ requestHeaders }) => namesOf(requestHeaders, mark)),
    )
}

async function toTheBrowser(
  ctx: CheckContext,
  session: Session,
  { about, route, options }: DeclaredCall,
): Promise<void> {
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
  const answer = await session.call(route, options)
  const isMet = (await fault.hits()) > 0
  await fault.remove()
  if (route === 'me' && !isMet) return
  ctx.witness(`the backend answers ${about} with headers of its connection`, isMet)
  ctx.expect(
    `headers of the backend's connection in the answer to ${about}`,
    [],
    namesOf([...answer.headers, ...answer.trailers], mark),
  )
  ctx.expect(
    `headers of the answer to ${about} that name ${NOMINATED}`,
    [],
    namesOf(answer.headers, NOMINATED),
  )
}

const namesOf = (headers: HeaderList, mark: string) =>
  headers
    .filter((header) => header.join(' ').toLowerCase().includes(mark.toLowerCase()))
    .map(([name]) => name)
