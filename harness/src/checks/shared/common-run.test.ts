import { expect, it } from 'vitest'
import { haveInCommon } from './common-run.ts'

it('finds a run that two texts share, wherever it stands', () => {
  expect(haveInCommon('ab-secret-cd', 'xx-secret-yy', { atLeast: 8 })).toBe(true)
  expect(haveInCommon('ab-secret-cd', 'xx-secret-yy', { atLeast: 9 })).toBe(false)
  expect(haveInCommon('secret', 'secret', { atLeast: 7 })).toBe(false)
})

it('leaves out what all such texts begin with', () => {
  const others = ['head.other']
  expect(haveInCommon('head.mine', 'head.csrf', { atLeast: 5, others })).toBe(false)
  expect(haveInCommon('head.mine', 'head.mine', { atLeast: 5, others })).toBe(true)
})
