import { defineMutant } from '../mutant.ts'
import { appendedScript, hiddenToken } from '../script-otherwise.ts'

export const consoleLogSession = defineMutant({
  name: 'console-log-session',
  defect: 'The script logs the session with its token, as it did while it was written.',
  kills: { 'LEAK-21': 'secrets that can be overheard' },
  apply: (parts) =>
    appendedScript(
      parts,
      async (c, services) =>
        `console.log('session', { since: Date.now(), tokens: [${await hiddenToken(c, services)}] })`,
    ),
})
