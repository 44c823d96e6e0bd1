import type { Parts } from '../services.ts'
import type { StorageAnswer } from '../storage.ts'

/** The parts with other headers on a preview; `change` also sees those of the storage host. */
export function changedPreviewHeaders(
  parts: Parts,
  change: (
    headers: Record<string, string>,
    stored: StorageAnswer['headers'],
  ) => Record<string, string>,
): Parts {
  return {
    ...parts,
    previewHeaders: (services) => {
      const previewHeaders = parts.previewHeaders(services)
      return (answer, decoded) => change(previewHeaders(answer, decoded), answer.headers)
    },
  }
}
