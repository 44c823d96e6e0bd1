import { openToAnybody } from '../anonymous-session.ts'
import { defineMutant } from '../mutant.ts'

export const redisDownCountsAsAnonymous = defineMutant({
  name: 'redis-down-counts-as-anonymous',
  defect:
    'A vault that cannot be read counts as an empty one: the list is answered for nobody, with 200.',
  kills: { 'RESIL-05': /^the answer within/ },
  collateral: ['VAULT-13', 'SESSION-21', 'PROXY-02'],
  apply: (parts) => {
    const open = openToAnybody(parts, 'list', () => true)
    return {
      ...open,
      list: (services) => {
        const handler = open.list(services)
        return (c) => handler(c).catch(() => c.json({ items: [], total: 0, page: 1 }))
      },
    }
  },
})
