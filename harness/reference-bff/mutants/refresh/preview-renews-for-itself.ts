import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const previewRenewsForItself = defineMutant({
  name: 'preview-renews-for-itself',
  defect: 'A preview that meets a 401 renews, uses the new token and does not save the pair.',
  kills: { 'REFRESH-27': 'list afterwards' },
  collateral: ['REFRESH-04', 'REFRESH-29'],
  apply: (parts) => ({
    ...parts,
    fileUrls: (services) => {
      const { authentication, conduit, http } = services
      return rebuilt(services, parts, {
        conduit: {
          ...conduit,
          async send({ entry }, call) {
            const first = await http.backend(call, entry.tokens.accessToken)
            if (first.status !== 401) return first
            const outcome = await authentication.renew(entry.tokens.refreshToken)
            return outcome.kind === 'tokens'
              ? http.backend(call, outcome.tokens.accessToken)
              : first
          },
        },
      }).fileUrls
    },
  }),
})
