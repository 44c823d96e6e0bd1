import { passingHeaders } from '../browser-headers.ts'
import { defineMutant } from '../mutant.ts'

export const forwardsOtherCookies = defineMutant({
  name: 'forwards-other-cookies',
  defect: 'All cookies but the session cookie go on to the backend.',
  kills: { 'PROXY-01': 'upstream calls with a Cookie header' },
  apply: (parts) =>
    passingHeaders(parts, 'list', (c) => {
      const others = (c.req.header('cookie') ?? '')
        .split('; ')
        .filter((pair) => !pair.includes('bff_session='))
      return others.length === 0 ? {} : { cookie: others.join('; ') }
    }),
})
