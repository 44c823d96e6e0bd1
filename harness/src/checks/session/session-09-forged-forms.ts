import { defineCheck } from '../../check.ts'
import { expectForgedFormsHarmless } from '../shared/forged-forms.ts'

export const session09 = defineCheck({
  id: 'SESSION-09',
  title: 'Forms that another site sends from the browser of a signed-in user change nothing',
  level: 'MUST',
  profiles: ['core', 'browser'],
  needs: { routes: ['login', 'list', 'logout'], browser: true },
  dependsOn: [],
  requirement: ['BBA#pattern-bff-csrf', 'ASVS5-3.5.1', 'T-105', 'T-106', 'T-107', 'T-108'],
  source: [],
  mutants: ['lax-none-no-origin-check'],
  usualCauses: [
    'the session cookie is SameSite=None (or has no SameSite) and nobody looks at Origin or Sec-Fetch-Site',
    'a body is parsed as JSON whatever its content type',
    'logout is guarded by nothing but its method',
  ],
  async run(ctx) {
    await expectForgedFormsHarmless(ctx, ({ edge }) => edge.evil)
  },
})
