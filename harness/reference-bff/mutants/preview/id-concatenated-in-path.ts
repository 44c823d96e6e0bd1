import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { previewWithAnyId } from '../any-file-id.ts'

export const idConcatenatedInPath = defineMutant({
  name: 'id-concatenated-in-path',
  defect: 'The id is put into the upstream path as it comes, decoded and unchecked.',
  kills: { 'PREVIEW-19': /^upstream calls that id/ },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (_, services) =>
      previewWithAnyId(services, (id) => new URL(`/storage/getFileUrl/${id}`, 'http://x')),
    ),
})
