import { previewWithAnyId } from '../any-file-id.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const anyMethodPreview = defineMutant({
  name: 'any-method-preview',
  defect: 'The preview answers every method.',
  kills: { 'PREVIEW-28': 'POST: storage and getFileUrl calls' },
  apply: (parts) =>
    wrappedRoute(parts, 'unknownRoute', (handler, services) => async (c) => {
      const [, id] = /^\/api\/files\/([\w-]+)\/preview$/.exec(c.req.path) ?? []
      if (id === undefined) return handler(c)
      const path = new URL(`/storage/getFileUrl/${id}`, 'http://x')
      return previewWithAnyId(services, () => path)(c)
    }),
})
