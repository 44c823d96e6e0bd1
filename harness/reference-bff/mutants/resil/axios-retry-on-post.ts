import { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'

export const axiosRetryOnPost = defineMutant({
  name: 'axios-retry-on-post',
  defect: 'A call whose answer was lost is sent again, whatever its method.',
  kills: { 'RESIL-12': 'creates sent, answer lost' },
  apply: (parts) =>
    wrappedBackend(
      parts,
      (backend) => (call, bearer) =>
        backend(call, bearer).catch((error: unknown) => {
          if (!(error instanceof BffFailure) || error.code !== 'backend_unreachable') throw error
          return backend(call, bearer)
        }),
    ),
})
