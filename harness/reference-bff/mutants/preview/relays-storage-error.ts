import { text } from 'node:stream/consumers'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { changedStorageFailure } from '../storage-failure.ts'
import { defineMutant } from '../mutant.ts'

export const relaysStorageError = defineMutant({
  name: 'relays-storage-error',
  defect: "The storage host's XML errors are passed on, status and body.",
  kills: { 'PREVIEW-16': /^storage \d+: no text of storage in the answer$/ },
  apply: (parts) =>
    changedStorageFailure(parts, async (c, answer) =>
      c.body(await text(answer.body), answer.status as ContentfulStatusCode),
    ),
})
