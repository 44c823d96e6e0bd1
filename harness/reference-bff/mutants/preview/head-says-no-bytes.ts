import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const headSaysNoBytes = defineMutant({
  name: 'head-says-no-bytes',
  defect:
    'HEAD of a file whose length storage does not tell says a length of 0, for its body is empty; GET says none.',
  kills: { 'PREVIEW-12': 'Content-Length of HEAD' },
  apply: (parts) =>
    changedAnswer(parts, 'preview', (answer, { c }) => {
      const isTold = answer.headers.has('content-length')
      if (c.req.method === 'HEAD' && !isTold) answer.headers.set('content-length', '0')
      return answer
    }),
})
