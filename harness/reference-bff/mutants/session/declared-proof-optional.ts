import { createRequestGuard } from '../../request-guard.ts'
import { defineMutant } from '../mutant.ts'

export const declaredProofOptional = defineMutant({
  name: 'declared-proof-optional',
  defect: 'The static header is compared when it is there; a request without it passes.',
  kills: {
    'SESSION-12': /^changes upstream by a create of the own origin without the declared proof$/,
  },
  needsProof: true,
  apply: (parts) => ({
    ...parts,
    guard: (services) => {
      const strict = parts.guard(services)
      const lax = createRequestGuard({ settings: { ...services.settings, csrfHeader: undefined } })
      const { csrfHeader = '' } = services.settings
      return {
        check(request) {
          const guard = csrfHeader === '' || request.headers.get(csrfHeader) === null ? lax : strict
          guard.check(request)
        },
      }
    },
  }),
})
