import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parse } from 'yaml'
import { findChromium } from '../src/instruments/chromium/find-chromium.ts'
import type { TargetInput } from '../src/target/schema.ts'
import { runTarget } from './run-target.ts'

it.skipIf(findChromium() === undefined)(
  'judges the tabs of a BFF whose login form leads nowhere, and says so [needs chromium: apt-get install -y chromium]',
  async () => {
    const file = join(import.meta.dirname, '../targets/reference.yaml')
    const reference = parse(readFileSync(file, 'utf8')) as TargetInput
    const target: TargetInput = {
      ...reference,
      start: { ...reference.start, module: './dead-login-form.ts', instances: 1 },
    }
    const results = await runTarget(target, { folder: import.meta.dirname, ids: ['RESIL-14'] })
    const result = results.get('RESIL-14')
    expect([result?.verdict, result?.reason]).toEqual(['PASS', undefined])
    expect(result?.notes.join('\n')).toContain('a login form that did not sign in')
  },
  120_000,
)
