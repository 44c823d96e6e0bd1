import type { Parts } from '../services.ts'
import type { StorageAnswer } from '../storage.ts'

/** The parts with the headers of previews changed. */
export function changedPreviewHeaders(
  parts: Parts,
  change: (
    headers: Record<string, string>,
    answer: Pick<StorageAnswer, 'headers'>,
  ) => Record<string, string>,
): Parts {
  return {
    ...parts,
    previewHeaders: (services) => {
      const headersOf = parts.previewHeaders(services)
      return (answer, decoded) => change(headersOf(answer, decoded), answer)
    },
  }
}
