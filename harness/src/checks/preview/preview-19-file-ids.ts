import { defineCheck } from '../../check.ts'
import { expectContainedIds } from '../shared/contained-ids.ts'

export const preview19 = defineCheck({
  id: 'PREVIEW-19',
  title: 'A file id cannot lead the BFF to another path or host',
  level: 'MUST',
  profiles: ['core', 'preview'],
  needs: { routes: ['login', 'preview'] },
  dependsOn: [],
  requirement: ['SSRF-CS', 'ASVS5-1.3.6', 'T-100', 'T-101'],
  source: ['getFileUrl answers 302 when redirect has any value'],
  mutants: ['id-concatenated-in-path'],
  usualCauses: [
    'the decoded id is put into the upstream path as it is',
    'the id is resolved as a URL against the base URL',
  ],
  async run(ctx) {
    const session = await ctx.signedIn()
    const usual = await session.call('preview')
    ctx.witness('a preview with a real id goes upstream', usual.status < 400)
    await expectContainedIds(ctx, session, 'preview')
  },
})
