import { defineMutant } from '../mutant.ts'

const TIMES = 6

export const retryLoopOn429 = defineMutant({
  name: '429-retry-loop',
  defect: 'A 429 is asked again at once, five times.',
  kills: { 'RESIL-11': 'attempts of a list that meets 429' },
  apply: (parts) => ({
    ...parts,
    http: (services) => {
      const http = parts.http(services)
      return {
        ...http,
        async backend(call, bearer) {
          let answer = await http.backend(call, bearer)
          for (let time = 1; time < TIMES && answer.status === 429; time += 1)
            answer = await http.backend(call, bearer)
          return answer
        },
      }
    },
  }),
})
