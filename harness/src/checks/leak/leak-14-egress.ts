import { defineCheck } from '../../check.ts'
import { isOutside } from '../shared/egress.ts'
import { commonJourney } from '../shared/common-journey.ts'

export const leak14 = defineCheck({
  id: 'LEAK-14',
  title: 'The browser contacts nobody but the application',
  level: 'MUST',
  profiles: ['core', 'browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['ASVS5-14.2.3'],
  source: [],
  mutants: ['img-src-presigned'],
  usualCauses: [
    'images are shown by their presigned URL',
    'the page calls the backend itself',
    'a preconnect or dns-prefetch to the backend or the storage host is left in the page',
    'fonts or scripts of a third party: list them in policy.origins if that is meant',
  ],
  async run(ctx) {
    const { origin, requests, hints } = await commonJourney(ctx)
    const allowed = [origin, ...ctx.target.policy.origins]
    ctx.witness(
      `${requests.length} requests of the browser were seen`,
      requests.some(({ url }) => url.startsWith(origin)),
    )
    const strays = requests.filter(({ url }) => isOutside(url, allowed))
    ctx.expect(
      'requests to other origins',
      [],
      [...new Set(strays.map(({ url, type, method }) => `${type} ${method} ${url}`))],
    )
    ctx.expect(
      'preconnect and dns-prefetch to other origins',
      [],
      [...new Set(hints.filter((url) => isOutside(url, allowed)))],
    )
  },
})
