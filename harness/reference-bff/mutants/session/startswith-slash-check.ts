import { defineMutant } from '../mutant.ts'
import { returning } from '../return-to.ts'

export const startswithSlashCheck = defineMutant({
  name: 'startswith-slash-check',
  defect: 'Login goes on to any returnTo that begins with one slash and not with two.',
  kills: { 'SESSION-16': /^where login, in the query, with .* leads$/ },
  apply: (parts) =>
    returning(parts, 'login', (c) => {
      const to = c.req.query('returnTo')
      return to?.startsWith('/') && !to.startsWith('//')
        ? to.replaceAll(/[\t\r\n]/g, '')
        : undefined
    }),
})
