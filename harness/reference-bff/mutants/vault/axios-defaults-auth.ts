import { setImmediate as nextTurn } from 'node:timers/promises'
import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'

export const axiosDefaultsAuth = defineMutant({
  name: 'axios-defaults-auth',
  defect:
    'The token is set as a default of the HTTP client that all requests share, and read when the request is sent.',
  kills: { 'VAULT-07': /with the other user's token|per user/ },
  apply: (parts) =>
    wrappedBackend(parts, (backend) => {
      const defaults: { bearer?: string } = {}
      return async (call, bearer) => {
        if (bearer === undefined || call.path.startsWith('/authentication/'))
          return backend(call, bearer)
        defaults.bearer = bearer
        await nextTurn()
        return backend(call, defaults.bearer)
      }
    }),
})
