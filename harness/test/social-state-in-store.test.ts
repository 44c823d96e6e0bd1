import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import type { TargetInput } from '../src/target/schema.ts'
import { runTarget } from './run-target.ts'

it('passes a social login that keeps its state in the store and takes it from the address', async () => {
  const file = join(import.meta.dirname, '../targets/reference.yaml')
  const reference = parse(readFileSync(file, 'utf8')) as TargetInput
  const target: TargetInput = {
    ...reference,
    start: { ...reference.start, module: './social-state-in-store.ts', instances: 1 },
  }
  const results = await runTarget(target, { folder: import.meta.dirname, ids: ['LEAK-09'] })
  expect([...results.values()].map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([
    ['LEAK-09', 'PASS', undefined],
  ])
}, 120_000)
