import { defineCheck } from '../../check.ts'
import { isRecord } from '../../is-record.ts'
import type { ClientFile } from '../shared/client-files.ts'
import { commonFiles } from '../shared/common-journey.ts'

const INLINE = /\/[/*][#@] sourceMappingURL=data:[^\s]{20}/

export const leak06 = defineCheck({
  id: 'LEAK-06',
  title: 'No source map is served',
  level: 'SHOULD',
  profiles: ['hardening', 'browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['ASVS5-13.4.2', 'T-67'],
  source: [],
  mutants: ['public-source-maps', 'inline-source-map'],
  usualCauses: [
    'the build for production makes source maps, and all that it makes is served',
    'the maps stand in the scripts themselves, as in development',
  ],
  async run(ctx) {
    const served = (await commonFiles(ctx)).filter(({ path }) => path.startsWith('/'))
    ctx.witness('pages were loaded and their files asked for', served.length > 0)
    ctx.expect(
      'source maps that are served',
      [],
      served.filter(isSourceMap).map(({ path }) => path),
    )
    ctx.expect(
      'files with a source map in them',
      [],
      served.filter(({ text }) => INLINE.test(text)).map(({ path }) => path),
    )
  },
})

function isSourceMap({ path, text }: ClientFile): boolean {
  if (!path.split('?')[0]?.endsWith('.map')) return false
  try {
    const map: unknown = JSON.parse(text)
    return isRecord(map) && (typeof map['mappings'] === 'string' || Array.isArray(map['sections']))
  } catch {
    return false
  }
}
