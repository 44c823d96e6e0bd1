import { defineMutant } from '../mutant.ts'
import { changedCall, isCreate } from '../upstream-calls.ts'

export const scopeOfFirstUser = defineMutant({
  name: 'scope-of-first-user',
  defect: 'The scope is looked up once and kept for the life of the process, whoever creates.',
  kills: { 'RULES-10': 'other users whose scope the first session creates in' },
  apply: (parts) => {
    let kept: BackendQuery | undefined
    return changedCall(parts, isCreate, (call) => ({ ...call, query: (kept ??= call.query) ?? {} }))
  },
})

type BackendQuery = Readonly<Record<string, string>>
