import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'
import { changedCall, isCreate } from '../upstream-calls.ts'

export const scopeSetPerRequest = defineMutant({
  name: 'scope-set-per-request',
  defect:
    "Each create sets the scope of the shared client, so that a create which is sent again after a renewal has another session's.",
  kills: { 'RULES-10': /^scopes of the (first|second) session, (at|while)/ },
  apply: (parts) => {
    let scope = ''
    const setting = wrappedRoute(parts, 'create', (handler, services) => async (c) => {
      scope = `User:${(await entryOfRequest(c, services)).userId}`
      return handler(c)
    })
    return changedCall(setting, isCreate, (call) => ({ ...call, query: { scope } }))
  },
})
