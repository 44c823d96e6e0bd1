import type { Mutant } from './mutant.ts'
import { accessTokenEndpoint } from './leak/access-token-endpoint.ts'
import { cacheablePrivatePage } from './leak/cacheable-private-page.ts'
import { causeInErrorBody } from './leak/cause-in-error-body.ts'
import { clientKeepsBackendCookies } from './leak/client-keeps-backend-cookies.ts'
import { consoleLogSession } from './leak/console-log-session.ts'
import { debugHeaderEchoToken } from './leak/debug-header-echo-token.ts'
import { debugQueryShowsSession } from './leak/debug-query-shows-session.ts'
import { echoLoginBody } from './leak/echo-login-body.ts'
import { envFileServed } from './leak/env-file-served.ts'
import { fetchCacheRevalidate } from './leak/fetch-cache-revalidate.ts'
import { imageCacheByUrl } from './leak/image-cache-by-url.ts'
import { imgSrcPresigned } from './leak/img-src-presigned.ts'
import { inlineSourceMap } from './leak/inline-source-map.ts'
import { isrPageWithUserData } from './leak/isr-page-with-user-data.ts'
import { jsonAxiosError } from './leak/json-axios-error.ts'
import { picturesGoDirect } from './leak/pictures-go-direct.ts'
import { largeUploadsGoDirect } from './leak/large-uploads-go-direct.ts'
import { listCacheNeverCleared } from './leak/list-cache-never-cleared.ts'
import { privatePageKeptWhole } from './leak/private-page-kept-whole.ts'
import { listKeptInStorage } from './leak/list-kept-in-storage.ts'
import { localstorageToken } from './leak/localstorage-token.ts'
import { logsAxiosError } from './leak/logs-axios-error.ts'
import { logsFailedRequestHeaders } from './leak/logs-failed-request-headers.ts'
import { logsSessionInBase64 } from './leak/logs-session-in-base64.ts'
import { logsStartOfRefreshToken } from './leak/logs-start-of-refresh-token.ts'
import { logsStorageUrl } from './leak/logs-storage-url.ts'
import { logsUnreadableLogin } from './leak/logs-unreadable-login.ts'
import { meCachedForEverybody } from './leak/me-cached-for-everybody.ts'
import { meKeptByCdn } from './leak/me-kept-by-cdn.ts'
import { meReturnsSessionObject } from './leak/me-returns-session-object.ts'
import { nextImagePresigned } from './leak/next-image-presigned.ts'
import { nextPublicBackendUrl } from './leak/next-public-backend-url.ts'
import { nextPublicSecret } from './leak/next-public-secret.ts'
import { optionsShowsRequest } from './leak/options-shows-request.ts'
import { partsKeptByCdn } from './leak/parts-kept-by-cdn.ts'
import { passwordInUrl } from './leak/password-in-url.ts'
import { passwordInValidationError } from './leak/password-in-validation-error.ts'
import { preconnectToStorage } from './leak/preconnect-to-storage.ts'
import { previewWithoutCacheControl } from './leak/preview-without-cache-control.ts'
import { publicSourceMaps } from './leak/public-source-maps.ts'
import { pythonCauseInErrorBody } from './leak/python-cause-in-error-body.ts'
import { refusalEchoesRequest } from './leak/refusal-echoes-request.ts'
import { relayAllResponseHeaders } from './leak/relay-all-response-headers.ts'
import { relaysBackendError } from './leak/relays-backend-error.ts'
import { relaysHeadersOfRefusals } from './leak/relays-headers-of-refusals.ts'
import { relaysRenamedSetCookie } from './leak/relays-renamed-set-cookie.ts'
import { relaysSetCookieOfMe } from './leak/relays-set-cookie-of-me.ts'
import { relaysSetCookie } from './leak/relays-set-cookie.ts'
import { returnsFileDocument } from './leak/returns-file-document.ts'
import { returnsUploadUrl } from './leak/returns-upload-url.ts'
import { sMaxageOnSession } from './leak/s-maxage-on-session.ts'
import { searchCachedForEverybody } from './leak/search-cached-for-everybody.ts'
import { searchKeptByCdn } from './leak/search-kept-by-cdn.ts'
import { secretInLazyChunk } from './leak/secret-in-lazy-chunk.ts'
import { serverChunkSourceMap } from './leak/server-chunk-source-map.ts'
import { ssoCallbackCacheable } from './leak/sso-callback-cacheable.ts'
import { ssoCallbackTellsReferrer } from './leak/sso-callback-tells-referrer.ts'
import { ssoKeepsQuery } from './leak/sso-keeps-query.ts'
import { ssoStateInStoreKeepsQuery } from './leak/sso-state-in-store-keeps-query.ts'
import { ssoPageReadsQuery } from './leak/sso-page-reads-query.ts'
import { stackInErrorBody } from './leak/stack-in-error-body.ts'
import { stackOfOwnMistake } from './leak/stack-of-own-mistake.ts'
import { tokenBroadcast } from './leak/token-broadcast.ts'
import { tokenInCompressedBody } from './leak/token-in-compressed-body.ts'
import { tokenInEscapedJson } from './leak/token-in-escaped-json.ts'
import { tokenInEtagAfterRenewal } from './leak/token-in-etag-after-renewal.ts'
import { tokenInIndexeddb } from './leak/token-in-indexeddb.ts'
import { tokenInModuleState } from './leak/token-in-module-state.ts'
import { tokenInPageAfterRenewal } from './leak/token-in-page-after-renewal.ts'
import { tokenInPageData } from './leak/token-in-page-data.ts'
import { tokenInRscProps } from './leak/token-in-rsc-props.ts'
import { tokenInTrailer } from './leak/token-in-trailer.ts'
import { traceEcho } from './leak/trace-echo.ts'
import { tokenInBufferJson } from './leak/token-in-buffer-json.ts'
import { tokenAsUtf16 } from './leak/token-as-utf16.ts'
import { cookieOnPublicScript } from './leak/cookie-on-public-script.ts'
import { tokenInHeaderOfSearch } from './leak/token-in-header-of-search.ts'
import { searchShowsBackendError } from './leak/search-shows-backend-error.ts'

/** The mutants for checks of the group LEAK, in catalogue order. */
export const leakMutants: readonly Mutant[] = [
  debugHeaderEchoToken,
  tokenInHeaderOfSearch,
  meReturnsSessionObject,
  tokenInCompressedBody,
  tokenInEscapedJson,
  tokenInEtagAfterRenewal,
  tokenInTrailer,
  relaysRenamedSetCookie,
  relaysSetCookie,
  relaysSetCookieOfMe,
  clientKeepsBackendCookies,
  tokenInPageAfterRenewal,
  tokenInPageData,
  tokenInRscProps,
  nextPublicSecret,
  secretInLazyChunk,
  serverChunkSourceMap,
  inlineSourceMap,
  publicSourceMaps,
  localstorageToken,
  tokenInIndexeddb,
  tokenInModuleState,
  ssoPageReadsQuery,
  ssoKeepsQuery,
  ssoStateInStoreKeepsQuery,
  ssoCallbackCacheable,
  ssoCallbackTellsReferrer,
  causeInErrorBody,
  pythonCauseInErrorBody,
  jsonAxiosError,
  refusalEchoesRequest,
  relaysBackendError,
  searchShowsBackendError,
  stackInErrorBody,
  stackOfOwnMistake,
  relayAllResponseHeaders,
  relaysHeadersOfRefusals,
  returnsFileDocument,
  returnsUploadUrl,
  largeUploadsGoDirect,
  picturesGoDirect,
  imgSrcPresigned,
  preconnectToStorage,
  imageCacheByUrl,
  nextImagePresigned,
  previewWithoutCacheControl,
  sMaxageOnSession,
  partsKeptByCdn,
  isrPageWithUserData,
  meKeptByCdn,
  searchKeptByCdn,
  fetchCacheRevalidate,
  listCacheNeverCleared,
  meCachedForEverybody,
  searchCachedForEverybody,
  accessTokenEndpoint,
  debugQueryShowsSession,
  envFileServed,
  consoleLogSession,
  tokenBroadcast,
  optionsShowsRequest,
  traceEcho,
  logsAxiosError,
  logsFailedRequestHeaders,
  logsSessionInBase64,
  logsStartOfRefreshToken,
  logsStorageUrl,
  logsUnreadableLogin,
  nextPublicBackendUrl,
  cacheablePrivatePage,
  listKeptInStorage,
  privatePageKeptWhole,
  echoLoginBody,
  passwordInUrl,
  passwordInValidationError,
  tokenInBufferJson,
  tokenAsUtf16,
  cookieOnPublicScript,
]
