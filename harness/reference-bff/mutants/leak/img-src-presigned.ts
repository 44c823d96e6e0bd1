import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { presignedCovers } from '../pictures-otherwise.ts'
import { withOpenPolicy } from '../script-otherwise.ts'

export const imgSrcPresigned = defineMutant({
  name: 'img-src-presigned',
  defect: 'The server-rendered page shows covers by their presigned URL.',
  kills: { 'LEAK-14': 'requests to other origins' },
  collateral: ['LEAK-03', 'LEAK-15'],
  apply: (parts) =>
    changedAnswer(withOpenPolicy(parts), 'postsPage', (answer, about) =>
      presignedCovers(answer, about, (url) => url),
    ),
})
