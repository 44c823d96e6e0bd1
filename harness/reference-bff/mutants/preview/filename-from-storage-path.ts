import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const filenameFromStoragePath = defineMutant({
  name: 'filename-from-storage-path',
  defect:
    'The name in the header is what stands after the container in the presigned URL, decoded and unquoted.',
  kills: { 'PREVIEW-26': /^Content-Disposition for/ },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (_, services) => async (c) => {
      const { deliver, storage } = services
      let name = 'file'
      return rebuilt(services, parts, {
        storage: {
          open(url, request) {
            const path = new URL(url).pathname.split('/').slice(2).join('/')
            name = decodeURIComponent(path).replaceAll(/[^\x20-\x7e]/g, '')
            return storage.open(url, request)
          },
        },
        deliver: (context, answer, { headers, decode }) =>
          deliver(context, answer, {
            decode,
            headers: { ...headers, 'content-disposition': `inline; filename=${name}` },
          }),
      }).preview(c)
    }),
})
