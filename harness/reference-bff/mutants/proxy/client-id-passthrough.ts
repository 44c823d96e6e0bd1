import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

export const clientIdPassthrough = defineMutant({
  name: 'client-id-passthrough',
  defect: 'A create passes the client id and secret on that the browser sends.',
  kills: { 'PROXY-05': /^headers of the browser that create passed on/ },
  apply: (parts) =>
    passingHeaders(parts, 'create', (c) => {
      const { clientid, clientsecret } = c.req.header()
      return {
        ...(clientid === undefined ? {} : { clientid }),
        ...(clientsecret === undefined ? {} : { clientsecret }),
      }
    }),
})
