import { defineCheck } from '../../check.ts'
import { SetupProblem } from '../../verdict/outcome-errors.ts'
import { expectForgedFormsHarmless } from '../shared/forged-forms.ts'

export const session10 = defineCheck({
  id: 'SESSION-10',
  title:
    'Forms that a sibling subdomain sends change nothing, although SameSite lets the cookie pass',
  level: 'MUST',
  profiles: ['browser'],
  needs: { routes: ['login', 'list', 'logout'], browser: true },
  dependsOn: ['SESSION-09'],
  requirement: ['BBA#pattern-bff-csrf', 'CSRF-CS'],
  source: [],
  mutants: ['samesite-only'],
  usualCauses: ['SameSite is the only defence: subdomains are the same site'],
  async run(ctx) {
    if (ctx.target.policy.sameSiteSubdomains === 'trusted')
      return ctx.skip('policy.sameSiteSubdomains is trusted')
    if (!/\.[a-z]/i.test(new URL(ctx.site.origin ?? 'http://127.0.0.1').hostname))
      return ctx.skip('the origin of the application has no subdomains')
    await expectForgedFormsHarmless(ctx, ({ edge }) => {
      if (edge.subdomain === undefined) throw new SetupProblem('the edge has no subdomain.')
      return edge.subdomain
    })
  },
})
