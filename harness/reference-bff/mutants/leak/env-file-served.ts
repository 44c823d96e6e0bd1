import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const envFileServed = defineMutant({
  name: 'env-file-served',
  defect: 'The folder of the program is served as files, its .env among them.',
  kills: { 'LEAK-19': 'secrets at known paths' },
  apply: (parts) =>
    wrappedRoute(
      parts,
      'unknownRoute',
      (handler, { settings }) =>
        async (c) =>
          c.req.path === '/.env'
            ? c.text(`SESSION_PASSWORD=${settings.sessionPassword}\n`)
            : handler(c),
    ),
})
