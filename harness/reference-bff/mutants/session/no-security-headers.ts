import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

const KEPT = ['content-type', 'cache-control', 'location', 'set-cookie']

export const noSecurityHeaders = defineMutant({
  name: 'no-security-headers',
  defect: 'The headers are set for the API only; a rendered page goes without.',
  kills: { 'SESSION-25': 'what /posts lacks, signed in' },
  apply: (parts) =>
    changedAnswer(parts, 'postsPage', (answer) => {
      for (const name of [...answer.headers.keys()])
        if (!KEPT.includes(name)) answer.headers.delete(name)
      return answer
    }),
})
