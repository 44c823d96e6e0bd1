import { randomBytes } from 'node:crypto'
import { chosenIds } from '../chosen-ids.ts'
import { defineMutant } from '../mutant.ts'

export const sessionIdShort = defineMutant({
  name: 'session-id-short',
  defect: 'An id has eight random bytes.',
  kills: { 'VAULT-12': 'bits of a session id that vary' },
  apply: (parts) => chosenIds(parts, () => randomBytes(8).toString('hex')),
})
