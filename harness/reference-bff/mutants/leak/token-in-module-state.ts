import { defineMutant } from '../mutant.ts'
import { appendedScript, hiddenToken } from '../script-otherwise.ts'

export const tokenInModuleState = defineMutant({
  name: 'token-in-module-state',
  defect:
    "A variable of a module of the page's script holds the access token; nothing stores or shows it.",
  kills: { 'LEAK-08': 'tokens in the heap of the pages' },
  apply: (parts) =>
    appendedScript(
      parts,
      async (c, services) => `let state = { token: ${await hiddenToken(c, services)} }
addEventListener('pagehide', () => (state = undefined))`,
    ),
})
