import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

const NAME = 'x-http-method-override'

export const methodOverridePassedOn = defineMutant({
  name: 'method-override-passed-on',
  defect: 'A header that overrides the method goes on to the backend.',
  kills: { 'PROXY-11': /^headers and parameters upstream after a method override/ },
  apply: (parts) =>
    passingHeaders(parts, 'list', (c) => {
      const method = c.req.header(NAME)
      return method === undefined ? {} : { [NAME]: method }
    }),
})
