import { defineCheck } from '../../check.ts'
import { cookiePairs } from '../../instruments/exchange-text.ts'
import { dataRoutes } from '../shared/answers.ts'

const MOST_EACH = 4096
const MOST_TOGETHER = 8192

export const session05 = defineCheck({
  id: 'SESSION-05',
  title: 'Cookies are small enough for every browser to keep and every server to read',
  level: 'MUST',
  profiles: ['core'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['ASVS5-3.3.5', 'T-37', 'T-38', 'T-39'],
  source: ['browsers drop a cookie whose name and value are longer than 4096 bytes'],
  mutants: ['oversize-cookie', 'cookies-grow-in-number'],
  usualCauses: [
    'the session itself, with its tokens, is the cookie',
    'preferences and caches are kept in cookies',
  ],
  scope: 'run',
  async run(ctx) {
    const session = await ctx.signedIn()
    for (const route of dataRoutes(ctx)) await session.call(route)
    if (ctx.target.routes.me) await session.call('me')
    const sent = session.browser.jar.header(ctx.target.routes.list.path) ?? ''
    ctx.witness('the session has a cookie', sent.length > 0)
    ctx.recorder.sweep(ctx.registry)
    const tooLong = ctx.recorder.setCookies().flatMap(({ check, headers }) =>
      cookiePairs(headers)
        .filter(([name, value]) => Buffer.byteLength(name + value) > MOST_EACH)
        .map(([name, value]) => `${name}: ${Buffer.byteLength(name + value)} (while ${check} ran)`),
    )
    ctx.expect(`cookies of more than ${MOST_EACH} bytes`, [], [...new Set(tooLong)])
    ctx.require('bytes of all cookies together', Buffer.byteLength(sent) <= MOST_TOGETHER, {
      expected: `at most ${MOST_TOGETHER}`,
      got: String(Buffer.byteLength(sent)),
    })
  },
})
