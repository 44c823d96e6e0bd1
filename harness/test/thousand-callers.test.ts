import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { isSuccess, tally } from '../src/checks/shared/answers.ts'
import { defineCheck, runHarness, type CheckContext, type TargetInput } from '../src/index.ts'
import { createBrowser } from '../src/instruments/browser.ts'
import { RENEW } from '../src/instruments/journal-view.ts'
import { startRedis } from '../src/instruments/redis.ts'
import { until } from '../src/instruments/settle.ts'
import { createSession, type Session } from '../src/session.ts'

const TARGETS = join(import.meta.dirname, '../targets')
const CALLERS = 1000
const INSTANCES = 4
const PATIENCE_MS = 280_000

const redis = await startRedis()
await redis?.stop()

/** Everybody has asked before anybody is answered: the renewal is held until each instance has met the expired token. */
const thousandCallers = defineCheck({
  id: 'REFRESH-05',
  title: `${CALLERS} calls over ${INSTANCES} instances at once need one renewal`,
  level: 'MUST',
  profiles: ['cluster'],
  needs: { routes: ['login', 'list'], instances: INSTANCES, redis: true },
  dependsOn: [],
  requirement: ['RFC9700#4.14'],
  source: [],
  mutants: [],
  usualCauses: ['single flight does not hold over instances, or its waiters give up'],
  async run(ctx) {
    const session = await ctx.signedIn()
    for (const [instance] of ctx.instances.entries()) await session.call('list', { instance })
    await ctx.expire(session.user)
    const since = await ctx.mark()
    const { answers, held } = await atOnce(ctx, session, since)
    ctx.witness(`no call was answered while the renewal was held`, held === CALLERS)
    const view = await ctx.journal(since, session.user)
    const refusals = Array.from(
      { length: INSTANCES },
      (_, index) =>
        view.data().filter(({ instance, status }) => instance === `i${index + 1}` && status === 401)
          .length,
    )
    ctx.witness(
      `calls of each instance met the expired token (${refusals.join(', ')})`,
      refusals.every((count) => count > 0),
    )
    ctx.expect('renewals', 1, view.renews().length)
    ctx.require('answers', answers.every(isSuccess), {
      expected: `2xx ×${CALLERS}`,
      got: tally(answers),
    })
    ctx.expect('spent refresh tokens presented', 0, await ctx.reuses(session.user))
  },
})

async function atOnce(ctx: CheckContext, session: Session, since: number) {
  const { user, browser } = session
  const renewal = await ctx.gate({ operation: RENEW, user: user.id, at: 'answer' })
  // Not recorded: a thousand equal answers need not all be searched for secrets.
  const unrecorded = createBrowser(ctx.site, () => undefined, browser.jar)
  const caller = createSession(ctx.target, user, unrecorded)
  const calls = await Promise.all(
    Array.from({ length: CALLERS }, (_, index) =>
      caller.open('list', { instance: index % INSTANCES, deadlineMs: PATIENCE_MS }),
    ),
  )
  await until(
    PATIENCE_MS,
    async () => {
      const met = (await ctx.journal(since, session.user))
        .data()
        .filter(({ status }) => status === 401)
      return ctx.instances.every(({ label }) => met.some(({ instance }) => instance === label))
    },
    200,
  )
  await renewal.waiting(1, PATIENCE_MS)
  const held = calls.filter((call) => !call.isDone()).length
  await renewal.release()
  return { held, answers: await Promise.all(calls.map((call) => call.done)) }
}

const targets: Record<string, Record<string, string>> = {
  'reference-command': { UPSTREAM_MS: String(PATIENCE_MS), RENEW_WAIT_MS: String(PATIENCE_MS) },
  'sample-app': {},
}

describe.skipIf(redis === undefined)(
  `${CALLERS} concurrent calls over ${INSTANCES} processes with an expired token [needs redis-server: apt-get install -y redis-server]`,
  () => {
    for (const [name, env] of Object.entries(targets))
      it(`cause one renewal and are all answered by ${name}`, { timeout: 600_000 }, async () => {
        const target = parse(readFileSync(join(TARGETS, `${name}.yaml`), 'utf8')) as TargetInput
        const start = { ...target.start, instances: INSTANCES }
        const { results } = await runHarness({
          target: { ...target, start },
          folder: TARGETS,
          checks: [thousandCallers],
          env,
        })
        expect(results.map(({ verdict, reason }) => `${verdict} ${reason ?? ''}`)).toEqual([
          'PASS ',
        ])
      })
  },
)
