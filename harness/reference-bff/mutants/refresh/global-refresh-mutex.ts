import { defineMutant } from '../mutant.ts'

export const globalRefreshMutex = defineMutant({
  name: 'global-refresh-mutex',
  defect: 'A process renews one session at a time; whoever comes later waits for all before him.',
  kills: { 'REFRESH-23': "the second user's answers" },
  apply: (parts) => ({
    ...parts,
    renewal: (services) => {
      const renewal = parts.renewal(services)
      let last: Promise<unknown> = Promise.resolve()
      return {
        ...renewal,
        renew(key, used) {
          const turn = last.then(() => renewal.renew(key, used))
          last = turn.catch(() => undefined)
          return turn
        },
      }
    },
  }),
})
