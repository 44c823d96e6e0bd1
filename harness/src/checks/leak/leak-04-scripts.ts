import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { commonFiles } from '../shared/common-journey.ts'
import { learnTargetSecrets } from '../shared/target-secrets.ts'

export const leak04 = defineCheck({
  id: 'LEAK-04',
  title: 'No script for the browser holds a secret of the server',
  level: 'MUST',
  profiles: ['core', 'browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['ASVS5-13.4.7', 'T-64', 'T-65', 'T-66'],
  source: [],
  mutants: ['next-public-secret'],
  usualCauses: [
    'a variable with a public prefix (NEXT_PUBLIC_, VITE_) holds a secret',
    'the configuration object of the server is imported by a component of the client',
  ],
  async run(ctx) {
    await learnTargetSecrets(ctx)
    const files = await commonFiles(ctx)
    const leaks = await ctx.leaksIn(
      files.map(({ path, text }) => ({ where: path, text })),
      ['access', 'refresh', 'client-secret', 'session-password', 'redis-url'],
    )
    ctx.expect('secrets of the server in client files', [], leaks.map(describeLeak))
  },
})
