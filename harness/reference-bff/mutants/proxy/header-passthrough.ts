import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

const OWN =
  /^(host|connection|content-|transfer-|cookie|authorization|accept-encoding|cache-control|origin|referer|sec-)/

export const headerPassthrough = defineMutant({
  name: 'header-passthrough',
  defect:
    "The browser's headers go on to the backend, but for a list of names that somebody thought of.",
  kills: { 'PROXY-05': /^headers of the browser that list passed on/ },
  apply: (parts) =>
    passingHeaders(parts, 'list', (c) =>
      Object.fromEntries(Object.entries(c.req.header()).filter(([name]) => !OWN.test(name))),
    ),
})
