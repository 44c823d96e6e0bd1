import { defineCheck } from '../../check.ts'
import { hintedOrigins, isOutside } from '../shared/egress.ts'
import { travel } from '../shared/journey.ts'

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
    const hints: string[] = []
    const { profile } = await travel(ctx, {
      byForm: true,
      async atPage({ tab }) {
        hints.push(...(await hintedOrigins(tab)))
      },
    })
    const allowed = [profile.edge.origin, ...ctx.target.policy.origins]
    ctx.witness(
      `${profile.requests().length} requests of the browser were seen`,
      profile.requests().some(({ url }) => url.startsWith(profile.edge.origin)),
    )
    const strays = profile.requests().filter(({ url }) => isOutside(url, allowed))
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
