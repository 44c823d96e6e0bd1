import { randomBytes } from 'node:crypto'
import { chosenIds } from '../chosen-ids.ts'
import { defineMutant } from '../mutant.ts'

export const sessionIdCounter = defineMutant({
  name: 'session-id-counter',
  defect: 'An id is a random prefix, made once at the start, and a counter.',
  kills: { 'VAULT-12': 'bits of a session id that vary' },
  apply: (parts) => {
    const prefix = randomBytes(16).toString('base64url')
    let count = 0
    return chosenIds(parts, () => `${prefix}-${String((count += 1)).padStart(8, '0')}`)
  },
})
