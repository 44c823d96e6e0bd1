import { defineCheck } from '../../check.ts'
import { describeLeak } from '../../instruments/canary-scan.ts'
import { isRecord } from '../../is-record.ts'
import { commonFiles } from '../shared/common-journey.ts'
import { grpcMarksIn } from '../shared/grpc-marks.ts'
import { learnTargetSecrets } from '../shared/target-secrets.ts'

/** Modules that run on servers only; a browser's bundle has no use for them. */
const SERVER_ONLY =
  /(?:^|\/)node_modules\/(?:ioredis|redis|connect-redis|iron-session|express|express-session|fastify|koa|undici|pg|mysql2|mongoose|@grpc\/grpc-js|@conduitplatform\/grpc-sdk)\/|\/(?:server-only|[\w-]+\.server)\.[cm]?[jt]sx?$/

export const leak05 = defineCheck({
  id: 'LEAK-05',
  title: 'Source maps, where they are served, show no module of the server and no secret',
  level: 'MUST',
  profiles: ['browser'],
  needs: { routes: ['login', 'list'], pages: true, browser: true },
  dependsOn: [],
  requirement: ['ASVS5-13.4.7', 'T-67', 'T-68'],
  source: [],
  mutants: ['server-chunk-source-map'],
  usualCauses: [
    'the maps of the server build are served beside those of the client',
    '"hidden" source maps are not named by the scripts, but served all the same',
  ],
  async run(ctx) {
    await learnTargetSecrets(ctx)
    const files = await commonFiles(ctx)
    const maps = files.filter(({ path }) => path.split('?')[0]?.endsWith('.map'))
    if (maps.length === 0) ctx.note('no source map is served')
    const modules = maps.flatMap(({ path, text }) =>
      sourcesOf(text)
        .filter((source) => SERVER_ONLY.test(source))
        .map((source) => `${path}: ${source}`),
    )
    ctx.expect('modules of the server in source maps', [], modules.slice(0, 10))
    const leaks = await ctx.leaksIn(
      maps.map(({ path, text }) => ({ where: path, text })),
      ['access', 'refresh', 'client-secret', 'session-password', 'redis-url'],
    )
    ctx.expect('secrets in source maps', [], leaks.map(describeLeak))
    ctx.expect(
      'source maps with gRPC in them',
      [],
      maps.filter(({ text }) => grpcMarksIn(text).length > 1).map(({ path }) => path),
    )
  },
})

function sourcesOf(text: string): string[] {
  try {
    const map: unknown = JSON.parse(text)
    const sources = isRecord(map) ? map['sources'] : undefined
    return Array.isArray(sources) ? sources.filter((each) => typeof each === 'string') : []
  } catch {
    return []
  }
}
