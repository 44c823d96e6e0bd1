import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { buildMutatedApp } from '../next-mutants/build-mutated-app.ts'
import { nextMutants } from '../next-mutants/index.ts'
import { startRedis } from '../src/instruments/redis.ts'
import type { TargetInput } from '../src/index.ts'
import { seenAt } from './kill-matrix/seen-at.ts'
import { runTarget } from './run-target.ts'

const redis = await startRedis()
await redis?.stop()

/** The sample app's own target file, with the copy that holds the mutants in the app's place. */
function targetOver(folder: string): TargetInput {
  const file = join(import.meta.dirname, '../targets/sample-app.yaml')
  const { start, ...rest } = parse(readFileSync(file, 'utf8')) as TargetInput
  const next = join(import.meta.dirname, '../../node_modules/next/dist/bin/next')
  return {
    ...rest,
    start: {
      ...start,
      build: undefined,
      cwd: folder,
      command: `node ${next} start -H 127.0.0.1 -p $PORT`,
    },
  }
}

describe.skipIf(redis === undefined)(
  'the mutants of the Next.js sample, in one build [needs redis-server: apt-get install -y redis-server]',
  () => {
    let target: TargetInput
    beforeAll(async () => {
      target = targetOver(await buildMutatedApp())
    }, 600_000)

    it(
      'pass what they are to fail while no mutant is switched on',
      { timeout: 900_000 },
      async () => {
        const ids = [...new Set(nextMutants.flatMap(({ kills }) => Object.keys(kills)))]
        const results = [...(await runTarget(target, { ids })).values()]
        const others = results.filter(({ verdict }) => verdict !== 'PASS')
        expect(
          others.map(({ id, verdict, reason }) => `${id} ${verdict}: ${reason ?? ''}`),
        ).toEqual([])
        expect(results.length).toBeGreaterThanOrEqual(ids.length)
      },
    )

    for (const { name, kills } of nextMutants)
      it(`${name} fails ${Object.keys(kills).join(' and ')}`, { timeout: 300_000 }, async () => {
        const ids = Object.keys(kills)
        const results = await runTarget(target, { ids, env: { MUTANT: name } })
        expect(
          Object.entries(kills).map(([id, seen]) => `${id} ${seenAt(seen, results.get(id))}`),
        ).toEqual(Object.entries(kills).map(([id, seen]) => `${id} FAIL at ${String(seen)}`))
      })
  },
)
