import { defineMutant } from '../mutant.ts'
import { appendedScript, hiddenToken } from '../script-otherwise.ts'

export const tokenInIndexeddb = defineMutant({
  name: 'token-in-indexeddb',
  defect: 'The token is kept for offline use in a database of the browser, as bytes.',
  kills: { 'LEAK-07': 'secrets that the browser keeps' },
  collateral: ['LEAK-08'],
  apply: (parts) =>
    appendedScript(
      parts,
      async (c, services) => `const kept = ${await hiddenToken(c, services)}
if (kept) {
  const opening = indexedDB.open('offline', 1)
  opening.onupgradeneeded = () => opening.result.createObjectStore('session')
  opening.onsuccess = () =>
    opening.result
      .transaction('session', 'readwrite')
      .objectStore('session')
      .put({ at: new TextEncoder().encode(kept) }, 'me')
}`,
    ),
})
