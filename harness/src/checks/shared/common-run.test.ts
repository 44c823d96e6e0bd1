import { expect, it } from 'vitest'
import { haveInCommon } from './common-run.ts'

it('finds a run that two texts share, wherever it stands', () => {
  expect(haveInCommon('ab-secret-cd', 'xx-secret-yy', 8)).toBe(true)
  expect(haveInCommon('ab-secret-cd', 'xx-secret-yy', 9)).toBe(false)
  expect(haveInCommon('secret', 'secret', 7)).toBe(false)
})
