import { expect, it } from 'vitest'
import { catalogue } from './checks/index.ts'
import { selectChecks, SelectionError } from './select-checks.ts'

const ids = (selection: Parameters<typeof selectChecks>[1]) =>
  selectChecks(catalogue, selection).map((check) => check.id)

it('takes ids, their beginnings and any letter case', () => {
  expect(ids({ ids: ['refresh-04'] })).toEqual(['REFRESH-04'])
  expect(ids({ ids: ['PREVIEW-0'] }).every((id) => id.startsWith('PREVIEW-0'))).toEqual(true)
  expect(ids({ ids: ['VAULT'] }).every((id) => id.startsWith('VAULT-'))).toEqual(true)
})

it('puts what others build on first and what judges the whole run last', () => {
  const order = ids({})
  for (const check of catalogue)
    for (const id of check.dependsOn)
      expect([id, order.indexOf(id) < order.indexOf(check.id)]).toEqual([id, true])
  const last = new Set(catalogue.filter((check) => check.scope === 'run').map((check) => check.id))
  expect(new Set(order.slice(-last.size))).toEqual(last)
})

it('refuses an unknown id and an empty choice', () => {
  expect(() => ids({ ids: ['REFRSH-04'] })).toThrow(
    new SelectionError('No check is called REFRSH-04. "harness list" shows them all.'),
  )
  expect(() => ids({ ids: ['VAULT'], levels: ['INFO'] })).toThrow(SelectionError)
})
