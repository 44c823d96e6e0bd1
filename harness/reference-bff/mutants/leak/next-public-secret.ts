import { defineMutant } from '../mutant.ts'
import { appendedScript } from '../script-otherwise.ts'

export const nextPublicSecret = defineMutant({
  name: 'next-public-secret',
  defect: "The configuration that is built into the page's script has the session password in it.",
  kills: { 'LEAK-04': 'secrets of the server in client files' },
  collateral: ['LEAK-03'],
  apply: (parts) =>
    appendedScript(
      parts,
      (_, { settings }) =>
        `const config = ${JSON.stringify({ secret: settings.sessionPassword, debug: false })}`,
    ),
})
