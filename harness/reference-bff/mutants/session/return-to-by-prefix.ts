import { defineMutant } from '../mutant.ts'
import { returning } from '../return-to.ts'

export const returnToByPrefix = defineMutant({
  name: 'return-to-by-prefix',
  defect: 'Logout goes on to any address that begins with the own origin.',
  kills: { 'SESSION-16': /^where logout, in the query, with .* leads$/ },
  apply: (parts) =>
    returning(parts, 'logout', (c) => {
      const to = c.req.query('redirect_uri')
      return to?.startsWith('https://app.test') ? to : undefined
    }),
})
