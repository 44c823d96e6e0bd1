import { createHash } from 'node:crypto'
import { chosenIds } from '../chosen-ids.ts'
import { defineMutant } from '../mutant.ts'

export const sessionIdFromClock = defineMutant({
  name: 'session-id-from-clock',
  defect: 'An id looks random but is a hash of the time of the login.',
  kills: { 'VAULT-12': 'what session ids follow from' },
  apply: (parts) =>
    chosenIds(parts, () => createHash('sha256').update(String(Date.now())).digest('base64url')),
})
