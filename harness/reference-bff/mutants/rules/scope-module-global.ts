import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'
import { changedCall, isCreate } from '../upstream-calls.ts'

export const scopeModuleGlobal = defineMutant({
  name: 'scope-module-global',
  defect: 'The scope is a variable of the module: creates go to the tenant who signed in last.',
  kills: { 'RULES-10': 'scopes of the first session, one after the other' },
  apply: (parts) => {
    let scope: string | undefined
    const remembering = changedAnswer(parts, 'login', async (answer, { services }) => {
      scope = `User:${(await entryOfLogin(answer, services)).userId}`
      return answer
    })
    return changedCall(remembering, isCreate, (call) =>
      scope === undefined ? call : { ...call, query: { scope } },
    )
  },
})
