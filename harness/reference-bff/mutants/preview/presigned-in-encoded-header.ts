import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'
import { rebuilt } from '../rebuild.ts'

export const presignedInEncodedHeader = defineMutant({
  name: 'presigned-in-encoded-header',
  defect: 'The preview names the presigned URL, Base64-encoded, as the key of an edge cache.',
  kills: { 'PREVIEW-03': 'presigned URLs in the answer' },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (_, services) => async (c) => {
      const { fileUrls, previewHeaders } = services
      let url = ''
      return rebuilt(services, parts, {
        fileUrls: {
          resolve: async (...call) => (url = await fileUrls.resolve(...call)),
        },
        previewHeaders: (...of) => ({
          ...previewHeaders(...of),
          'x-cache-key': Buffer.from(url).toString('base64'),
        }),
      }).preview(c)
    }),
})
