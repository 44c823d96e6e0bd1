import { defineCheck } from '../../check.ts'
import { isSuccess } from '../shared/answers.ts'

export const rules01 = defineCheck({
  id: 'RULES-01',
  title: 'The admin API is never used',
  level: 'MUST',
  profiles: ['core', 'conduit'],
  needs: { routes: ['login', 'list'] },
  dependsOn: [],
  requirement: ['project rule'],
  source: ['Conduit Admin.middleware.ts: masterkey header, cdt_ tokens, port 3030'],
  mutants: ['list-via-admin-api'],
  usualCauses: [
    'a list needs a filter that only the admin API offers: write a custom endpoint',
    "the master key stands in for the user's rights",
  ],
  scope: 'run',
  async run(ctx) {
    const session = await ctx.signedIn()
    ctx.witness('the target calls the Client API', isSuccess(await session.call('list')))
    const entries = (await ctx.journal(0)).api()
    const asAdmin = entries.filter(
      (entry) =>
        entry.requestHeaders.some(
          ([name, value]) =>
            (name.toLowerCase() === 'masterkey' && value !== 'bffc-injected.test') ||
            value.includes('cdt_'),
        ) || /^\/(admin|cms\/schemas|database\/(schemas|cms|introspection)\b)/.test(entry.path),
    )
    ctx.expect(
      'admin calls at the Client API',
      [],
      [...new Set(asAdmin.map((entry) => `${entry.method} ${entry.path}`))],
    )
    ctx.expect('calls at the decoy of the admin API', [], [...new Set(ctx.admin.calls())])
  },
})
