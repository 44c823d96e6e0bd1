import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { previewWithAnyId } from '../any-file-id.ts'

export const idMayCarryQuery = defineMutant({
  name: 'id-may-carry-query',
  defect:
    'Dots and slashes of an id are refused, a question mark is not: x?redirect=true becomes a query.',
  kills: { 'PREVIEW-19': /^upstream calls that id x%3Fredirect/ },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (_, services) =>
      previewWithAnyId(
        services,
        (id) => new URL(`/storage/getFileUrl/${/[./\\@:]/.test(id) ? 'refused' : id}`, 'http://x'),
      ),
    ),
})
