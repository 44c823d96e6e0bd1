import { defineMutant } from '../mutant.ts'
import { appendedScript, hiddenToken } from '../script-otherwise.ts'

export const tokenBroadcast = defineMutant({
  name: 'token-broadcast',
  defect: 'A tab tells the others of its session by a BroadcastChannel, the token included.',
  kills: { 'LEAK-21': 'secrets that can be overheard' },
  apply: (parts) =>
    appendedScript(
      parts,
      async (c, services) => `const channel = new BroadcastChannel('session')
channel.postMessage({ kind: 'signed-in', token: ${await hiddenToken(c, services)} })
channel.close()`,
    ),
})
