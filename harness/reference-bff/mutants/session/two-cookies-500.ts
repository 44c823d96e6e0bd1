import { choosingCookie } from '../chosen-cookie.ts'
import { defineMutant } from '../mutant.ts'

export const twoCookies500 = defineMutant({
  name: 'two-cookies-500',
  defect: 'A session cookie that is there twice is an exception that nobody thought of.',
  kills: { 'SESSION-23': /^the answer to two cookies/ },
  apply: (parts) =>
    choosingCookie(parts, () => {
      throw new TypeError('a text was expected')
    }),
})
