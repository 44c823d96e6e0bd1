import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { generateCompat } from '../scripts/compat/generate.ts'

let generated: { document: string; differences: string[] }
beforeAll(async () => {
  generated = await generateCompat()
})

test('every recorded step is answered as the real backend answered it', () => {
  expect(generated.differences).toEqual([])
})

test('COMPAT.md is what npm run generate:compat writes now', () => {
  const written = readFileSync(join(import.meta.dirname, '../COMPAT.md'), 'utf8')
  expect(written).toBe(generated.document)
})
