import { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

export const axiosRetryOnPost = defineMutant({
  name: 'axios-retry-on-post',
  defect: 'A call whose answer was lost is sent again, whatever its method.',
  kills: { 'RESIL-12': 'creates sent, answer lost' },
  apply: (parts) => ({
    ...parts,
    http: (services) => {
      const http = parts.http(services)
      return {
        ...http,
        backend: (call, bearer) =>
          http.backend(call, bearer).catch((error: unknown) => {
            if (!(error instanceof BffFailure) || error.code !== 'backend_unreachable') throw error
            return http.backend(call, bearer)
          }),
      }
    },
  }),
})
