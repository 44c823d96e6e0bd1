import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const partsKeptByCdn = defineMutant({
  name: 'parts-kept-by-cdn',
  defect:
    'Whole files are private, but parts of them, which players ask for, may be kept by shared caches.',
  kills: { 'LEAK-16': /^Cache-Control of GET .*preview/ },
  apply: (parts) =>
    changedAnswer(parts, 'preview', (answer) => {
      if (answer.status === 206) answer.headers.set('cache-control', 'public, max-age=3600')
      return answer
    }),
})
