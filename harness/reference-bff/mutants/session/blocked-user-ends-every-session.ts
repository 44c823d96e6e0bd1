import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'

export const blockedUserEndsEverySession = defineMutant({
  name: 'blocked-user-ends-every-session',
  defect: 'A user who turns out to be blocked takes the sessions of all others along.',
  kills: { 'SESSION-22': 'list of another user' },
  apply: (parts) =>
    wrappedBackend(parts, (backend, services) => async (call, bearer) => {
      const answer = await backend(call, bearer)
      if (call.path === '/authentication/renew' && answer.status === 403)
        await services.redis.flushdb()
      return answer
    }),
})
