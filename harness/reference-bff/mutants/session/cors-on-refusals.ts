import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'

export const corsOnRefusals = defineMutant({
  name: 'cors-on-refusals',
  defect:
    'Reads are not guarded, and what is refused for want of a session or is not there may be read by every origin.',
  kills: {
    'SESSION-13': 'Access-Control-Allow-Origin on a refused list from https://evil.test',
  },
  apply: (parts) => ({
    ...trusting(parts, ({ method }) => method === 'GET'),
    failureAnswer: (services) => {
      const answerOf = parts.failureAnswer(services)
      return (error, c) => {
        const origin = c.req.header('origin')
        const answer = answerOf(error, c)
        if (origin !== undefined && [401, 404].includes(answer.status)) {
          answer.headers.set('access-control-allow-origin', origin)
          answer.headers.set('access-control-allow-credentials', 'true')
        }
        return answer
      }
    },
  }),
})
