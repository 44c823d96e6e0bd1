import { BffFailure } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

export const allErrors500 = defineMutant({
  name: 'all-errors-500',
  defect: 'Whatever goes wrong with a preview is an internal error.',
  kills: { 'PREVIEW-17': 'the answer to a file that the backend does not know' },
  apply: (parts) => ({
    ...parts,
    failureAnswer(services) {
      const answer = parts.failureAnswer(services)
      return (error, c) => {
        const isOf = c.req.path.endsWith('/preview') && error instanceof BffFailure
        return isOf && [404, 502, 503, 504].includes(error.status)
          ? answer(new BffFailure(500, 'internal'), c)
          : answer(error, c)
      }
    },
  }),
})
