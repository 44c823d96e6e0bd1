import type { Page } from 'playwright-core'
import { defineCheck } from '../../check.ts'
import { describeLeak, type Haystack } from '../../instruments/canary-scan.ts'
import type { CanaryKind } from '../../instruments/canary-registry.ts'
import { overhear } from '../../instruments/chromium/overheard.ts'
import { until } from '../../instruments/settle.ts'
import { randomMarker } from '../../target/template.ts'
import { travel } from '../shared/journey.ts'

const SECRETS: readonly CanaryKind[] = [
  'access',
  'refresh',
  'presigned',
  'password',
  'client-secret',
  'session-password',
  'redis-url',
]
const ARRIVE_MS = 3000

export const leak21 = defineCheck({
  id: 'LEAK-21',
  title:
    'Pages say no secret in the console, in errors, or in messages to windows, tabs, workers and sockets',
  level: 'SHOULD',
  profiles: ['browser', 'hardening'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['ASVS5-3.5.5'],
  source: [],
  mutants: ['console-log-session', 'token-broadcast'],
  usualCauses: [
    'the session is logged while developing, and the line stays',
    'tabs tell each other about a login with more than the fact',
    'a socket or event stream carries what the backend said as it is',
  ],
  async run(ctx) {
    let heard: readonly Haystack[] = []
    const { profile, tab } = await travel(ctx, {
      byForm: true,
      async prepare({ context }) {
        heard = await overhear(context)
      },
    })
    const own = await ownWords(tab, () => heard)
    ctx.witness(
      `a console line and a broadcast were overheard; of the pages ${heard.length - own}`,
      own >= 2,
    )
    const lines = profile.console().map(({ text }) => ({ where: 'the console', text }))
    const leaks = await ctx.leaksIn([...heard, ...lines], SECRETS)
    ctx.expect('secrets that can be overheard', [], [...new Set(leaks.map(describeLeak))])
  },
})

/** Says something in two places; gives how often it was heard. */
async function ownWords(tab: Page, heard: () => readonly Haystack[]): Promise<number> {
  const word = `bffc-${randomMarker(8)}`
  const count = () => heard().filter(({ text }) => text.includes(word)).length
  await tab.evaluate(
    `console.debug('${word}'); new BroadcastChannel('bffc').postMessage('${word}')`,
  )
  await until(ARRIVE_MS, () => count() >= 2)
  return count()
}
