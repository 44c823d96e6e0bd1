import { createHash } from 'node:crypto'
import { defineMutant } from '../mutant.ts'

export const scriptsLoadedOnce = defineMutant({
  name: 'scripts-loaded-once',
  defect:
    'Scripts are loaded once and called by their hash; a Redis that was restarted does not know them.',
  kills: {
    'RESIL-05': 'answers of two instances that need a renewal after the vault was restarted',
  },
  apply: (parts) => ({
    ...parts,
    redis: (services) => {
      const redis = parts.redis(services)
      const known = new Set<string>()
      const inner = redis.eval.bind(redis) as (...all: unknown[]) => Promise<unknown>
      const bySha = redis.evalsha.bind(redis) as (...all: unknown[]) => Promise<unknown>
      return Object.assign(redis, {
        eval(script: string, ...rest: unknown[]) {
          const sha = createHash('sha1').update(script).digest('hex')
          if (known.has(sha)) return bySha(sha, ...rest)
          known.add(sha)
          return inner(script, ...rest)
        },
      })
    },
  }),
})
