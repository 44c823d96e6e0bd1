import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { presignedCovers, servedPictures } from '../pictures-otherwise.ts'

export const nextImagePresigned = defineMutant({
  name: 'next-image-presigned',
  defect:
    'Covers go through an image optimiser, whose address has the presigned URL as a parameter.',
  kills: { 'LEAK-15': 'presigned URLs in the addresses of pictures' },
  collateral: ['LEAK-03'],
  apply: (parts) =>
    changedAnswer(
      servedPictures(parts, async (c, { http }) => {
        const url = new URL(c.req.query('url') ?? 'about:blank')
        const { body } = await http.open(url, {}, c.req.raw.signal)
        return Buffer.from(await body.arrayBuffer())
      }),
      'postsPage',
      (answer, about) =>
        presignedCovers(answer, about, (url) => `/assets/image?url=${encodeURIComponent(url)}`),
    ),
})
