import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

export const forwardsCookie = defineMutant({
  name: 'forwards-cookie',
  defect: "The browser's Cookie header goes on to the backend, which takes tokens from cookies.",
  kills: { 'PROXY-01': 'upstream calls with a Cookie header' },
  apply: (parts) =>
    passingHeaders(parts, 'list', (c) => ({ cookie: c.req.header('cookie') ?? '' })),
})
