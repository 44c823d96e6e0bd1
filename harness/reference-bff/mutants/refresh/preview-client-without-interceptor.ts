import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const previewClientWithoutInterceptor = defineMutant({
  name: 'preview-client-without-interceptor',
  defect: 'The preview asks for the address of a file with a client of its own that never renews.',
  kills: { 'REFRESH-27': "the client's answer" },
  apply: (parts) => ({
    ...parts,
    fileUrls: (services) =>
      rebuilt(services, parts, {
        conduit: {
          ...services.conduit,
          send: (session, call) => services.http.backend(call, session.entry.tokens.accessToken),
        },
      }).fileUrls,
  }),
})
