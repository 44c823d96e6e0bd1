import { defineMutant } from '../mutant.ts'
import { addedFile, appendedScript } from '../script-otherwise.ts'

export const secretInLazyChunk = defineMutant({
  name: 'secret-in-lazy-chunk',
  defect:
    "A chunk that is loaded only when an administrator opens a dialog has the vault's address in it.",
  kills: { 'LEAK-04': 'secrets of the server in client files' },
  apply: (parts) =>
    addedFile(
      appendedScript(parts, () => `const openAdmin = () => import('./admin-4f2a.js')`),
      {
        name: 'admin-4f2a.js',
        type: 'text/javascript',
        text: ({ settings }) => `export const store = ${JSON.stringify(settings.redisUrl)}`,
      },
    ),
})
