import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

export const searchForwardsCookie = defineMutant({
  name: 'search-forwards-cookie',
  defect: "A list that is searched has a client of its own, which passes the browser's cookies on.",
  kills: { 'PROXY-01': 'upstream calls with a Cookie header' },
  apply: (parts) =>
    passingHeaders(parts, 'list', (c): Record<string, string> =>
      c.req.query('q') === undefined ? {} : { cookie: c.req.header('cookie') ?? '' },
    ),
})
