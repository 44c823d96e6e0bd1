import { defineCheck } from '../../check.ts'
import { describeLeak, type Haystack } from '../../instruments/canary-scan.ts'
import { storedText } from '../../instruments/chromium/stored-text.ts'
import { travel } from '../shared/journey.ts'

export const leak07 = defineCheck({
  id: 'LEAK-07',
  title:
    'The browser keeps no token: not in storage, databases, caches, readable cookies or history',
  level: 'MUST',
  profiles: ['core', 'browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['ASVS5-14.3.3', 'BBA threat analysis'],
  source: [],
  mutants: ['localstorage-token'],
  usualCauses: [
    'a store from the time before the BFF still writes tokens to localStorage',
    'a service worker caches answers that hold tokens',
    'a CSRF or user cookie was made from a token',
  ],
  async run(ctx) {
    const kept: Haystack[] = []
    let looked = 0
    await travel(ctx, {
      byForm: true,
      async atPage({ tab, profile }) {
        if (!tab.url().startsWith(profile.edge.origin)) return
        kept.push(...(await storedText(tab)))
        looked += 1
      },
    })
    ctx.witness(`the storage of ${looked} visits was read`, looked > 0)
    const leaks = await ctx.leaksIn(kept, ['access', 'refresh', 'presigned'])
    ctx.expect('secrets that the browser keeps', [], [...new Set(leaks.map(describeLeak))])
  },
})
