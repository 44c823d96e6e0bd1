import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { catalogue } from '../src/index.ts'
import { startRedis } from '../src/instruments/redis.ts'
import { notPassed } from './not-passed.ts'
import { runTarget } from './run-target.ts'

const TARGETS = join(import.meta.dirname, '../targets')

/** In the harness's own process nothing can be killed. */
const inProcess = {
  'REFRESH-16': 'only a target that the harness started as a process can be killed',
}
const withoutRefresh = { 'REFRESH-26': 'routes.refresh is not declared' }
const withoutScope = {
  'RULES-08': 'routes.create.scope is not declared',
  'RULES-09': 'routes.create.scope is not declared',
  'RULES-10': 'routes.create.scope is not declared',
  'RULES-11': 'routes.create.scope is not declared',
}
const withoutFiles = {
  'LEAK-12': 'the list shows no File documents: its upstream calls answer none',
}
const withoutPages = Object.fromEntries(
  catalogue.filter(({ needs }) => needs.pages).map(({ id }) => [id, 'pages is not declared']),
)
const plainPages = {
  'LEAK-15': 'no declared page shows a picture that belongs to the user',
  'REFRESH-20': 'no declared page calls the backend',
  'REFRESH-21': 'no declared page calls the backend',
}
const withoutMe = { 'SESSION-24': 'routes.me is not declared' }
const usual = { ...withoutRefresh, ...withoutScope, ...withoutFiles }

/** What does not apply to a good example, and why. Everything else must be a PASS. */
const skips: Record<string, Record<string, string>> = {
  'proactive-refresh': {
    ...inProcess,
    ...usual,
    ...plainPages,
    ...withoutMe,
    'PREVIEW-09': 'routes.preview.range is not declared, so ranges are optional',
  },
  'express-session': { ...inProcess, ...withoutRefresh, ...withoutPages },
  'node-http': { ...inProcess, ...usual, ...withoutPages, ...withoutMe },
  fastify: { ...inProcess, ...usual, ...withoutPages, ...withoutMe },
  'next-auth-command': { ...usual, ...plainPages },
}

const redis = await startRedis()
await redis?.stop()

describe.skipIf(redis === undefined)(
  'a good example [needs redis-server: apt-get install -y redis-server]',
  () => {
    for (const [name, skipped] of Object.entries(skips))
      it(`${name} passes every check that applies to it`, { timeout: 1_800_000 }, async () => {
        const results = await runTarget(join(TARGETS, `${name}.yaml`))
        expect(notPassed(results.values()).sort()).toEqual(
          Object.entries(skipped)
            .map(([id, reason]) => `${id} SKIP: ${reason}`)
            .sort(),
        )
      })
  },
)
