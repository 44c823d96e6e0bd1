import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { commonJourney } from '../shared/common-journey.ts'

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
    const { stored, looked } = await commonJourney(ctx)
    ctx.witness(`the storage of ${looked} visits was read`, looked > 0)
    const leaks = await ctx.leaksIn(stored, ['access', 'refresh', 'presigned'])
    ctx.expect('secrets that the browser keeps', [], [...new Set(leaks.map(describeLeak))])
  },
})
