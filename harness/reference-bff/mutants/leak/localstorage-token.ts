import { defineMutant } from '../mutant.ts'
import { appendedScript, hiddenToken } from '../script-otherwise.ts'

export const localstorageToken = defineMutant({
  name: 'localstorage-token',
  defect:
    "The page's script writes the access token to localStorage, as it did before there was a BFF.",
  kills: { 'LEAK-07': 'secrets that the browser keeps' },
  collateral: ['LEAK-08'],
  apply: (parts) =>
    appendedScript(
      parts,
      async (c, services) => `const kept = ${await hiddenToken(c, services)}
if (kept) localStorage.setItem('accessToken', kept)`,
    ),
})
