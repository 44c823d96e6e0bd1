import { createHash } from 'node:crypto'
import { defineMutant } from '../mutant.ts'
import { wrappedReplace } from '../wrapped-replace.ts'

const DAY_SECONDS = 86_400

export const vaultKeyPerRenewal = defineMutant({
  name: 'vault-key-per-renewal',
  defect: 'Each renewal leaves a mark of the spent token in the vault for a day.',
  kills: { 'RESIL-15': 'what has grown' },
  needsProcess: true,
  apply: (parts) =>
    wrappedReplace(parts, (replace, { services }) => async (key, generation, next) => {
      const spent = createHash('sha256').update(`${key}:${generation}`).digest('hex')
      await services.redis.set(`spent:${spent}`, '1', 'EX', DAY_SECONDS)
      return replace(key, generation, next)
    }),
})
