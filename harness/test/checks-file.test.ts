import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { renderChecks } from '../scripts/render-checks.ts'

it('is what CHECKS.md shows (if not: npx tsx --conditions=source harness/scripts/make-checks.ts)', () => {
  const file = join(import.meta.dirname, '../CHECKS.md')
  expect(readFileSync(file, 'utf8')).toEqual(renderChecks())
})
