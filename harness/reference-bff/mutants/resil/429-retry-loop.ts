import { defineMutant } from '../mutant.ts'
import { wrappedBackend } from '../wrapped-backend.ts'

const TIMES = 6

export const retryLoopOn429 = defineMutant({
  name: '429-retry-loop',
  defect: 'A 429 is asked again at once, five times.',
  kills: { 'RESIL-11': 'attempts of a list that meets 429' },
  apply: (parts) =>
    wrappedBackend(parts, (backend) => async (call, bearer) => {
      let answer = await backend(call, bearer)
      for (let time = 1; time < TIMES && answer.status === 429; time += 1)
        answer = await backend(call, bearer)
      return answer
    }),
})
