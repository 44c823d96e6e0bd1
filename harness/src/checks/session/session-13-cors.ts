import { defineCheck } from '../../check.ts'
import { headerOf } from '../../instruments/http-exchange.ts'
import type { CallOptions } from '../../session.ts'
import { isSuccess } from '../shared/answers.ts'

const FOREIGN = [
  'https://evil.test',
  'null',
  'https://app.test.evil.test',
  'https://evilapp.test',
  'http://app.test',
]

const NOWHERE = { method: 'GET', path: '/bffc-not-there', headers: [] }

export const session13 = defineCheck({
  id: 'SESSION-13',
  title: 'No other origin may read answers',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-3.4.2', 'Curity wrong Origin → no CORS headers'],
  source: ["the backend's own answers carry Access-Control-Allow-Origin: * with Allow-Credentials"],
  mutants: ['reflects-origin', 'cors-on-refusals'],
  usualCauses: [
    'the CORS middleware reflects any origin',
    "the backend's CORS headers are relayed",
    'the allow-list is compared by prefix or suffix',
    'refusals are made by a layer of their own, with CORS headers of its own',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const stranger = await ctx.visitor()
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
      const asked: CallOptions = {
        headers: [
          ['Origin', origin],
          ['Sec-Fetch-Site', 'cross-site'],
        ],
      }
      for (const route of ['list', 'me', 'preview'] as const) {
        if (ctx.target.routes[route] === undefined) continue
        const simple = await session.call(route, asked)
        expectClosed(
          `${route} from ${origin}`,
          headerOf(simple.headers, 'access-control-allow-origin'),
          origin,
        )
      }
      const refused = await stranger.call('list', asked)
      expectClosed(
        `a refused list from ${origin}`,
        headerOf(refused.headers, 'access-control-allow-origin'),
        origin,
      )
      const missing = await session.browser.send(NOWHERE, asked)
      // What everybody is answered, as by a server of files, may be read by everybody: only cookies make it somebody's.
      if (headerOf(missing.headers, 'access-control-allow-credentials') === 'true')
        expectClosed(
          `a path that is not there from ${origin}`,
          headerOf(missing.headers, 'access-control-allow-origin'),
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
