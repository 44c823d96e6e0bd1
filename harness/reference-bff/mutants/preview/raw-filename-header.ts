import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const rawFilenameHeader = defineMutant({
  name: 'raw-filename-header',
  defect: "The file's name is put between quotes as its uploader wrote it.",
  kills: { 'PREVIEW-26': /^Content-Disposition for/ },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (_, services) => async (c) => {
      const { conduit, deliver, fileUrls } = services
      let name = 'file'
      return rebuilt(services, parts, {
        fileUrls: {
          async resolve(session, id, signal) {
            const file = await conduit.send(session, { method: 'GET', path: `/storage/file/${id}` })
            if (file.status === 200) name = (JSON.parse(file.text) as { name: string }).name
            return fileUrls.resolve(session, id, signal)
          },
        },
        deliver: (context, answer, { headers, decode }) =>
          deliver(context, answer, {
            decode,
            headers: {
              ...headers,
              'content-disposition': `inline; filename="${name.replaceAll(/[^\t\x20-\xff]/g, '')}"`,
            },
          }),
      }).preview(c)
    }),
})
