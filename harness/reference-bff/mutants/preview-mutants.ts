import type { Mutant } from './mutant.ts'
import { partWithFullBody } from './preview/206-with-full-body.ts'
import { abortNotPropagated } from './preview/abort-not-propagated.ts'
import { allErrors500 } from './preview/all-errors-500.ts'
import { anyMethodPreview } from './preview/any-method-preview.ts'
import { arrayBufferThenSend } from './preview/array-buffer-then-send.ts'
import { asksForRedirect } from './preview/asks-for-redirect.ts'
import { axiosInstanceForStorage } from './preview/axios-instance-for-storage.ts'
import { brotliUnknown } from './preview/brotli-unknown.ts'
import { buffersFirstHalfMebibyte } from './preview/buffers-first-half-mebibyte.ts'
import { bytesCachedById } from './preview/bytes-cached-by-id.ts'
import { bytesKeptBySession } from './preview/bytes-kept-by-session.ts'
import { contentTypePassthrough } from './preview/content-type-passthrough.ts'
import { cspNoneUnquoted } from './preview/csp-none-unquoted.ts'
import { cspWithoutQuotes } from './preview/csp-without-quotes.ts'
import { deadlineOverWholeDownload } from './preview/deadline-over-whole-download.ts'
import { drainsAbandonedDownload } from './preview/drains-abandoned-download.ts'
import { dropsContentEncoding } from './preview/drops-content-encoding.ts'
import { etagBeforeRights } from './preview/etag-before-rights.ts'
import { fetchesAnyUrl } from './preview/fetches-any-url.ts'
import { filenameFromStoragePath } from './preview/filename-from-storage-path.ts'
import { followsStorageRedirectWithToken } from './preview/follows-storage-redirect-with-token.ts'
import { forwardsContentEncoding } from './preview/forwards-content-encoding.ts'
import { headDownloadsAll } from './preview/head-downloads-all.ts'
import { headLeavesDownloadOpen } from './preview/head-leaves-download-open.ts'
import { headSaysNoBytes } from './preview/head-says-no-bytes.ts'
import { headWithoutHeaders } from './preview/head-without-headers.ts'
import { idConcatenatedInPath } from './preview/id-concatenated-in-path.ts'
import { idMayCarryQuery } from './preview/id-may-carry-query.ts'
import { largeFilesRedirected } from './preview/large-files-redirected.ts'
import { lastBlockLost } from './preview/last-block-lost.ts'
import { lateStorageFetch } from './preview/late-storage-fetch.ts'
import { newestFileForAll } from './preview/newest-file-for-all.ts'
import { noCorp } from './preview/no-corp.ts'
import { noNosniff } from './preview/no-nosniff.ts'
import { noStorageIdleTimeout } from './preview/no-storage-idle-timeout.ts'
import { noStorageTimeout } from './preview/no-storage-timeout.ts'
import { normalisesLineEnds } from './preview/normalises-line-ends.ts'
import { padsShortFile } from './preview/pads-short-file.ts'
import { partRelaysStorageHeaders } from './preview/part-relays-storage-headers.ts'
import { partSaysOk } from './preview/part-says-200.ts'
import { presignedInEncodedHeader } from './preview/presigned-in-encoded-header.ts'
import { presignedInLinkHeader } from './preview/presigned-in-link-header.ts'
import { presignedUrlCache } from './preview/presigned-url-cache.ts'
import { previewMayBeFramed } from './preview/preview-may-be-framed.ts'
import { publicMaxAgePreview } from './preview/public-max-age-preview.ts'
import { pushWithoutBackpressure } from './preview/push-without-backpressure.ts'
import { rangeCutFromWhole } from './preview/range-cut-from-whole.ts'
import { rangeIgnored } from './preview/range-ignored.ts'
import { rangeOffByOne } from './preview/range-off-by-one.ts'
import { rawFilenameHeader } from './preview/raw-filename-header.ts'
import { redirectToPresigned } from './preview/redirect-to-presigned.ts'
import { relayStorageHeaders } from './preview/relay-storage-headers.ts'
import { relaysStorageError } from './preview/relays-storage-error.ts'
import { relaysStorageRedirect } from './preview/relays-storage-redirect.ts'
import { resolvesAgainAndAgain } from './preview/resolves-again-and-again.ts'
import { resolvesTwice } from './preview/resolves-twice.ts'
import { serviceTokenForFiles } from './preview/service-token-for-files.ts'
import { sessionCookieToStorage } from './preview/session-cookie-to-storage.ts'
import { sessionIdToStorage } from './preview/session-id-to-storage.ts'
import { sharedResponseBuffer } from './preview/shared-response-buffer.ts'
import { storageErrorWith200 } from './preview/storage-error-with-200.ts'
import { storageHeadersNotAborted } from './preview/storage-headers-not-aborted.ts'
import { storageOriginByPrefix } from './preview/storage-origin-by-prefix.ts'
import { storageRefusalAs403 } from './preview/storage-refusal-as-403.ts'
import { svgCountsAsImage } from './preview/svg-counts-as-image.ts'
import { svgCountsAsPicture } from './preview/svg-counts-as-picture.ts'
import { swallowUpstreamError } from './preview/swallow-upstream-error.ts'
import { textDecodesBody } from './preview/text-decodes-body.ts'
import { tokenInStorageReferer } from './preview/token-in-storage-referer.ts'
import { urlCachePerSession } from './preview/url-cache-per-session.ts'

/** The mutants for checks of the group PREVIEW, in catalogue order. */
export const previewMutants: readonly Mutant[] = [
  lastBlockLost,
  normalisesLineEnds,
  textDecodesBody,
  axiosInstanceForStorage,
  resolvesTwice,
  sessionCookieToStorage,
  sessionIdToStorage,
  tokenInStorageReferer,
  asksForRedirect,
  presignedInEncodedHeader,
  presignedInLinkHeader,
  redirectToPresigned,
  largeFilesRedirected,
  arrayBufferThenSend,
  buffersFirstHalfMebibyte,
  pushWithoutBackpressure,
  deadlineOverWholeDownload,
  abortNotPropagated,
  drainsAbandonedDownload,
  lateStorageFetch,
  storageHeadersNotAborted,
  padsShortFile,
  swallowUpstreamError,
  rangeCutFromWhole,
  rangeIgnored,
  partWithFullBody,
  partSaysOk,
  rangeOffByOne,
  brotliUnknown,
  dropsContentEncoding,
  forwardsContentEncoding,
  headDownloadsAll,
  headLeavesDownloadOpen,
  headWithoutHeaders,
  headSaysNoBytes,
  contentTypePassthrough,
  cspWithoutQuotes,
  svgCountsAsImage,
  cspNoneUnquoted,
  noNosniff,
  svgCountsAsPicture,
  bytesCachedById,
  bytesKeptBySession,
  etagBeforeRights,
  presignedUrlCache,
  serviceTokenForFiles,
  relaysStorageError,
  storageErrorWith200,
  allErrors500,
  resolvesAgainAndAgain,
  storageRefusalAs403,
  urlCachePerSession,
  idConcatenatedInPath,
  idMayCarryQuery,
  fetchesAnyUrl,
  storageOriginByPrefix,
  followsStorageRedirectWithToken,
  relaysStorageRedirect,
  newestFileForAll,
  sharedResponseBuffer,
  publicMaxAgePreview,
  noCorp,
  previewMayBeFramed,
  noStorageTimeout,
  noStorageIdleTimeout,
  filenameFromStoragePath,
  rawFilenameHeader,
  partRelaysStorageHeaders,
  relayStorageHeaders,
  anyMethodPreview,
]
