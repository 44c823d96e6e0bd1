import { setImmediate as nextTurn } from 'node:timers/promises'
import { defineMutant } from '../mutant.ts'

export const axiosDefaultsAuth = defineMutant({
  name: 'axios-defaults-auth',
  defect:
    'The token is set as a default of the HTTP client that all requests share, and read when the request is sent.',
  kills: { 'VAULT-07': /with the other user's token|per user/ },
  apply: (parts) => ({
    ...parts,
    http: (services) => {
      const http = parts.http(services)
      const defaults: { bearer?: string } = {}
      return {
        ...http,
        async backend(call, bearer) {
          if (bearer === undefined || call.path.startsWith('/authentication/'))
            return http.backend(call, bearer)
          defaults.bearer = bearer
          await nextTurn()
          return http.backend(call, defaults.bearer)
        },
      }
    },
  }),
})
