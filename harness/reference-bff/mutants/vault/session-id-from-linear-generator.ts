import { randomBytes } from 'node:crypto'
import { linearNumbers } from '../../../src/checks/shared/linear-generator.ts'
import { chosenIds } from '../chosen-ids.ts'
import { defineMutant } from '../mutant.ts'

export const sessionIdFromLinearGenerator = defineMutant({
  name: 'session-id-from-linear-generator',
  defect:
    'Ids are long and never the same, but come from a generator like java.util.Random: who has one computes the others.',
  kills: { 'VAULT-12': 'what session ids follow from' },
  apply: (parts) =>
    chosenIds(parts, () => {
      const seed = BigInt(`0x${randomBytes(6).toString('hex')}`)
      const bytes = Buffer.alloc(32)
      linearNumbers(seed, 8).forEach((number, index) => bytes.writeInt32LE(number | 0, 4 * index))
      return bytes.toString('base64url')
    }),
})
