import { defineCheck } from '../../check.ts'
import type { CheckContext } from '../../context.ts'
import { describeLeak, type Haystack } from '../../instruments/canary-scan.ts'
import type { CanaryKind } from '../../instruments/canary-registry.ts'
import { haystacksOf } from '../../instruments/exchange-text.ts'
import type { HeaderList } from '../../instruments/http-exchange.ts'
import type { Session } from '../../session.ts'
import { commonJourney } from '../shared/common-journey.ts'

const SECRETS: readonly CanaryKind[] = [
  'access',
  'refresh',
  'presigned',
  'client-secret',
  'session-password',
  'redis-url',
]

/** How frameworks ask for the data of a page without its document. */
const DATA_REQUESTS: readonly { suffix: string; headers: HeaderList }[] = [
  { suffix: '', headers: [['RSC', '1']] },
  {
    suffix: '?_rsc=bffc',
    headers: [
      ['RSC', '1'],
      ['Next-Router-Prefetch', '1'],
    ],
  },
  { suffix: '?_data=root', headers: [] },
  { suffix: '/__data.json', headers: [] },
  { suffix: '/_payload.json', headers: [] },
  { suffix: '.data', headers: [] },
]

export const leak03 = defineCheck({
  id: 'LEAK-03',
  title: 'No page, and none of the data that its framework loads for it, holds a secret',
  level: 'MUST',
  profiles: ['core', 'browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['ASVS5-10.1.1', 'T-61', 'T-62', 'T-63'],
  source: [],
  mutants: ['token-in-rsc-props'],
  usualCauses: [
    'the whole session goes into the props of a component that runs in the browser',
    'initial state is serialised into the page with all that the server knew',
  ],
  async run(ctx) {
    const { answers, documents } = await commonJourney(ctx)
    const found = await ctx.leaksIn(
      answers.flatMap((answer) =>
        haystacksOf(answer).map(({ where, text }) => ({
          where: `${where} of ${answer.call.method} ${answer.call.path}`,
          text,
        })),
      ),
      SECRETS,
    )
    ctx.expect('secrets in what the pages loaded', [], found.map(describeLeak))
    const rendered = await ctx.leaksIn(documents, SECRETS)
    ctx.expect('secrets in the rendered pages', [], rendered.map(describeLeak))
    const data = await ctx.leaksIn(await dataOfPages(ctx, await ctx.signedIn()), SECRETS)
    ctx.expect('secrets in the data of pages', [], data.map(describeLeak))
  },
})

/** The start page has no name of its own to put an ending to; React Router calls it `_root`. */
function dataPath(page: string, suffix: string): string {
  if (suffix === '' || suffix.startsWith('?')) return page + suffix
  const bare = page.replace(/\/$/, '')
  return suffix.startsWith('.') && bare === '' ? `/_root${suffix}` : bare + suffix
}

/** Answers to the data requests of the usual frameworks, for every declared page; an unknown one is answered as any unknown path. */
async function dataOfPages(ctx: CheckContext, session: Session): Promise<Haystack[]> {
  const haystacks: Haystack[] = []
  for (const page of ctx.target.pages)
    for (const { suffix, headers } of DATA_REQUESTS) {
      const path = dataPath(page, suffix)
      const answer = await session.browser.send({ method: 'GET', path, headers })
      for (const { where, text } of haystacksOf(answer))
        haystacks.push({ where: `${where} of GET ${path} ${headers.join(' ')}`, text })
    }
  return haystacks
}
