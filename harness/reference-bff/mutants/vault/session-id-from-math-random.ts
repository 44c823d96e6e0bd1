import { chosenIds } from '../chosen-ids.ts'
import { defineMutant } from '../mutant.ts'

export const sessionIdFromMathRandom = defineMutant({
  name: 'session-id-from-math-random',
  defect:
    'Ids are long and never the same, but their digits are drawn with Math.random: who has two of his own computes those of others.',
  kills: { 'VAULT-12': 'what session ids follow from' },
  apply: (parts) =>
    chosenIds(parts, () =>
      Array.from({ length: 43 }, () => Math.floor(Math.random() * 16).toString(16)).join(''),
    ),
})
