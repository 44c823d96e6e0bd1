import type { Mutant } from './mutant.ts'
import { partWithFullBody } from './preview/206-with-full-body.ts'
import { abortNotPropagated } from './preview/abort-not-propagated.ts'
import { arrayBufferThenSend } from './preview/array-buffer-then-send.ts'
import { asksForRedirect } from './preview/asks-for-redirect.ts'
import { axiosInstanceForStorage } from './preview/axios-instance-for-storage.ts'
import { brotliUnknown } from './preview/brotli-unknown.ts'
import { buffersFirstHalfMebibyte } from './preview/buffers-first-half-mebibyte.ts'
import { bytesCachedById } from './preview/bytes-cached-by-id.ts'
import { contentTypePassthrough } from './preview/content-type-passthrough.ts'
import { cspWithoutQuotes } from './preview/csp-without-quotes.ts'
import { drainsAbandonedDownload } from './preview/drains-abandoned-download.ts'
import { dropsContentEncoding } from './preview/drops-content-encoding.ts'
import { etagBeforeRights } from './preview/etag-before-rights.ts'
import { forwardsContentEncoding } from './preview/forwards-content-encoding.ts'
import { idConcatenatedInPath } from './preview/id-concatenated-in-path.ts'
import { idMayCarryQuery } from './preview/id-may-carry-query.ts'
import { lastBlockLost } from './preview/last-block-lost.ts'
import { normalisesLineEnds } from './preview/normalises-line-ends.ts'
import { padsShortFile } from './preview/pads-short-file.ts'
import { partSaysOk } from './preview/part-says-200.ts'
import { presignedInEncodedHeader } from './preview/presigned-in-encoded-header.ts'
import { presignedInLinkHeader } from './preview/presigned-in-link-header.ts'
import { presignedUrlCache } from './preview/presigned-url-cache.ts'
import { publicMaxAgePreview } from './preview/public-max-age-preview.ts'
import { rangeOffByOne } from './preview/range-off-by-one.ts'
import { redirectToPresigned } from './preview/redirect-to-presigned.ts'
import { relaysStorageError } from './preview/relays-storage-error.ts'
import { resolvesTwice } from './preview/resolves-twice.ts'
import { serviceTokenForFiles } from './preview/service-token-for-files.ts'
import { sessionCookieToStorage } from './preview/session-cookie-to-storage.ts'
import { storageErrorWith200 } from './preview/storage-error-with-200.ts'
import { svgCountsAsImage } from './preview/svg-counts-as-image.ts'
import { swallowUpstreamError } from './preview/swallow-upstream-error.ts'
import { textDecodesBody } from './preview/text-decodes-body.ts'
import { tokenInStorageReferer } from './preview/token-in-storage-referer.ts'

/** The mutants for checks of the group PREVIEW, in catalogue order. */
export const previewMutants: readonly Mutant[] = [
  lastBlockLost,
  normalisesLineEnds,
  textDecodesBody,
  axiosInstanceForStorage,
  resolvesTwice,
  sessionCookieToStorage,
  tokenInStorageReferer,
  asksForRedirect,
  presignedInEncodedHeader,
  presignedInLinkHeader,
  redirectToPresigned,
  arrayBufferThenSend,
  buffersFirstHalfMebibyte,
  abortNotPropagated,
  drainsAbandonedDownload,
  padsShortFile,
  swallowUpstreamError,
  partWithFullBody,
  partSaysOk,
  rangeOffByOne,
  brotliUnknown,
  dropsContentEncoding,
  forwardsContentEncoding,
  contentTypePassthrough,
  cspWithoutQuotes,
  svgCountsAsImage,
  bytesCachedById,
  etagBeforeRights,
  presignedUrlCache,
  serviceTokenForFiles,
  relaysStorageError,
  storageErrorWith200,
  idConcatenatedInPath,
  idMayCarryQuery,
  publicMaxAgePreview,
]
