import { defineMutant } from '../mutant.ts'
import { changedReplay } from '../replay-call.ts'

export const retryDropsBody = defineMutant({
  name: 'retry-drops-body',
  defect: 'The call that is repeated after a renewal has lost its body.',
  kills: { 'REFRESH-14': "the client's answer" },
  apply: (parts) => changedReplay(parts, ({ json: _, ...call }) => call),
})
