import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const clientSecretToStorage = defineMutant({
  name: 'client-secret-to-storage',
  defect: 'The headers of the security client go along with requests for files.',
  kills: { 'RULES-14': 'the client secret anywhere else' },
  collateral: ['PREVIEW-02'],
  apply: (parts) => ({
    ...parts,
    storage(services) {
      const { http, settings } = services
      const clientHeaders = {
        clientid: settings.client?.id ?? '',
        clientsecret: settings.client?.secret ?? '',
      }
      return parts.storage(
        rebuilt(services, parts, {
          http: {
            ...http,
            open: (url, headers, signal) =>
              http.open(url, { ...headers, ...clientHeaders }, signal),
          },
        }),
      )
    },
  }),
})
