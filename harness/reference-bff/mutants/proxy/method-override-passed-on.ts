import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

const NAME = 'x-http-method-override'

export const methodOverridePassedOn = defineMutant({
  name: 'method-override-passed-on',
  defect: 'A header that overrides the method goes on to the backend.',
  kills: { 'PROXY-05': 'headers of the browser that list passed on as they were' },
  apply: (parts) =>
    passingHeaders(parts, 'list', (c) => {
      const method = c.req.header(NAME)
      return method === undefined ? {} : { [NAME]: method }
    }),
})
