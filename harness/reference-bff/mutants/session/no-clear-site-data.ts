import { defineMutant } from '../mutant.ts'
import { withoutClearSiteData } from '../without-clear-site-data.ts'

export const noClearSiteData = defineMutant({
  name: 'no-clear-site-data',
  defect: 'Logout clears the cookie, and the browser keeps everything else.',
  kills: { 'SESSION-26': 'Clear-Site-Data of the logout' },
  apply: withoutClearSiteData,
})
