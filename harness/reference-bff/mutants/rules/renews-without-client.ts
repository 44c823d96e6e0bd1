import { createHttp } from '../../conduit-http.ts'
import { defineMutant } from '../mutant.ts'

export const renewsWithoutClient = defineMutant({
  name: 'renews-without-client',
  defect:
    'The renewal is made by an HTTP client of its own that does not know the security client.',
  kills: { 'RULES-14': 'calls of the backend without the client' },
  apply: (parts) => ({
    ...parts,
    http(services) {
      const usual = parts.http(services)
      const bare = createHttp({ settings: { ...services.settings, client: undefined } })
      return {
        ...usual,
        backend: (call, bearer) =>
          (call.path === '/authentication/renew' ? bare : usual).backend(call, bearer),
        async close() {
          await Promise.all([usual.close(), bare.close()])
        },
      }
    },
  }),
})
