import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'
import { rebuilt } from '../rebuild.ts'

export const presignedInLinkHeader = defineMutant({
  name: 'presigned-in-link-header',
  defect: 'The preview streams, and names the presigned URL as canonical in a Link header.',
  kills: { 'PREVIEW-03': 'headers that point to the storage host' },
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
          link: `<${url}>; rel="canonical"`,
        }),
      }).preview(c)
    }),
})
