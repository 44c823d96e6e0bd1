import { defineCheck } from '../../check.ts'
import { headerOf } from '../../instruments/http-exchange.ts'
import { isSuccess } from '../shared/answers.ts'

const FOREIGN = [
  'https://evil.test',
  'null',
  'https://app.test.evil.test',
  'https://evilapp.test',
  'http://app.test',
]

export const session13 = defineCheck({
  id: 'SESSION-13',
  title: 'No other origin may read answers',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-3.4.2', 'Curity wrong Origin → no CORS headers'],
  source: ["the backend's own answers carry Access-Control-Allow-Origin: * with Allow-Credentials"],
  mutants: ['reflects-origin'],
  usualCauses: [
    'the CORS middleware reflects any origin',
    "the backend's CORS headers are relayed",
    'the allow-list is compared by prefix or suffix',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const own = new URL(ctx.site.origin ?? ctx.site.instances[0] ?? 'http://x').origin
    for (const origin of FOREIGN.filter((each) => each !== own)) {
      for (const route of ['list', 'login'] as const) {
        const declared = ctx.target.routes[route]
        const preflight = await session.browser.send(
          { method: 'OPTIONS', path: declared.path, headers: [] },
          {
            withoutCsrf: true,
            headers: [
              ['Origin', origin],
              ['Access-Control-Request-Method', declared.method],
              ['Access-Control-Request-Headers', 'content-type'],
              ['Sec-Fetch-Site', 'cross-site'],
            ],
          },
        )
        expectClosed(
          `preflight of ${route} from ${origin}`,
          headerOf(preflight.headers, 'access-control-allow-origin'),
          origin,
        )
      }
      const simple = await session.call('list', {
        headers: [
          ['Origin', origin],
          ['Sec-Fetch-Site', 'cross-site'],
        ],
      })
      expectClosed(
        `list from ${origin}`,
        headerOf(simple.headers, 'access-control-allow-origin'),
        origin,
      )
    }
    ctx.witness('the session works for the own origin', isSuccess(await session.call('list')))

    function expectClosed(about: string, allowed: string | undefined, origin: string): void {
      ctx.require(
        `Access-Control-Allow-Origin on ${about}`,
        allowed !== '*' && allowed !== origin,
        { expected: 'none', got: allowed ?? 'none' },
      )
    }
  },
})
