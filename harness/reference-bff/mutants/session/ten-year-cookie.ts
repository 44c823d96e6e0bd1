import { defineMutant } from '../mutant.ts'
import { changedCookie } from '../session-cookie.ts'

export const tenYearCookie = defineMutant({
  name: 'ten-year-cookie',
  defect: 'The session cookie lives ten years.',
  kills: { 'SESSION-19': /^the life of the cookie / },
  apply: (parts) =>
    changedCookie(parts, (cookie, kind) =>
      kind === 'issued' ? cookie.replace(/Max-Age=\d+/, 'Max-Age=315360000') : cookie,
    ),
})
