import { defineMutant } from '../mutant.ts'
import { renewingBefore } from '../renewing-before.ts'

export const refreshNowAndThen = defineMutant({
  name: 'refresh-now-and-then',
  defect:
    'A session that is used a lot is renewed every thirty calls, whatever the age of its token.',
  kills: { 'REFRESH-22': 'renewals' },
  apply: (parts) => {
    const calls = new Map<string, number>()
    return renewingBefore(parts, (key) => {
      const count = (calls.get(key) ?? 0) + 1
      calls.set(key, count)
      return count % 30 === 0
    })
  },
})
