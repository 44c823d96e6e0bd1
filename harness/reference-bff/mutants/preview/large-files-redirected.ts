import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

const LARGE = 16 * 1024 * 1024

export const largeFilesRedirected = defineMutant({
  name: 'large-files-redirected',
  defect: 'Files of more than 16 MiB are not streamed: the browser is sent to the presigned URL.',
  kills: { 'PREVIEW-03': 'headers that point to the storage host, a large video, s3' },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (_, services) => async (c) => {
      const { fileUrls, deliver } = services
      let url = ''
      return rebuilt(services, parts, {
        fileUrls: {
          resolve: async (...call) => (url = await fileUrls.resolve(...call)),
        },
        async deliver(to, answer, how) {
          if (Number(answer.headers['content-length'] ?? 0) <= LARGE)
            return deliver(to, answer, how)
          answer.body.destroy()
          return c.redirect(url)
        },
      }).preview(c)
    }),
})
