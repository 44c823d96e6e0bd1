import { defineMutant } from '../mutant.ts'
import { returning } from '../return-to.ts'

export const nextOnPage = defineMutant({
  name: 'next-on-page',
  defect:
    'The page sends who is signed in already on to next, checked as text before the dots in it are resolved.',
  kills: { 'SESSION-16': /^where a signed-in user at \/ with .* leads$/ },
  apply: (parts) =>
    returning(parts, 'page', (c) => {
      const to = c.req.query('next')
      if (to === undefined || !/^\/[^/\\]/.test(to) || /[\t\r\n]/.test(to)) return undefined
      if (!c.req.header('cookie')?.includes('bff_session=')) return undefined
      return new URL(to, 'http://own').pathname
    }),
})
