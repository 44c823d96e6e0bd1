import { userIdIn } from '../../user-id.ts'
import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'
import { isCreate } from '../upstream-calls.ts'

export const scopeKeptPerUser = defineMutant({
  name: 'scope-kept-per-user',
  defect: 'The tenant that a user created in first is kept for all sessions of the user.',
  kills: { 'RULES-10': /^scopes of the second session of one user/ },
  apply: (parts) =>
    wrappedBackend(parts, (backend) => {
      const kept = new Map<string, Readonly<Record<string, string>>>()
      return (call, bearer) => {
        if (!isCreate(call) || bearer === undefined) return backend(call, bearer)
        const user = userIdIn(bearer)
        const query = kept.get(user) ?? call.query ?? {}
        kept.set(user, query)
        return backend({ ...call, query }, bearer)
      }
    }),
})
