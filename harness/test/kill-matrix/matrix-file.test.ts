import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { renderMatrix } from '../../scripts/render-matrix.ts'

it('is what MATRIX.md shows (if not: npx tsx --conditions=source harness/scripts/make-matrix.ts)', () => {
  const file = join(import.meta.dirname, '../../MATRIX.md')
  expect(readFileSync(file, 'utf8')).toEqual(renderMatrix())
})
