import type { Mutant } from './mutant.ts'
import { any401ClearsSession } from './refresh/any-401-clears-session.ts'
import { blockedUserKeepsTrying } from './refresh/blocked-user-keeps-trying.ts'
import { createSentTwice } from './refresh/create-sent-twice.ts'
import { debouncedRenewal } from './refresh/debounced-renewal.ts'
import { failedUploadLeavesFile } from './refresh/failed-upload-leaves-file.ts'
import { flightPerRoute } from './refresh/flight-per-route.ts'
import { forbiddenFileSignsOut } from './refresh/forbidden-file-signs-out.ts'
import { globalClearByUser } from './refresh/global-clear-by-user.ts'
import { globalRefreshMutex } from './refresh/global-refresh-mutex.ts'
import { guideLiteral } from './refresh/guide-literal.ts'
import { halfPairSaved } from './refresh/half-pair-saved.ts'
import { inProcessPromiseLock } from './refresh/in-process-promise-lock.ts'
import { lockDelNotOwned } from './refresh/lock-del-not-owned.ts'
import { lockLosersKeepOldToken } from './refresh/lock-losers-keep-old-token.ts'
import { lockNameWithoutSession } from './refresh/lock-name-without-session.ts'
import { lockNamedByInstance } from './refresh/lock-named-by-instance.ts'
import { lockReleasedBeforeSave } from './refresh/lock-released-before-save.ts'
import { lockWithoutTtl } from './refresh/lock-without-ttl.ts'
import { logoutOnLostConnection } from './refresh/logout-on-lost-connection.ts'
import { logoutOnTransient } from './refresh/logout-on-transient.ts'
import { logoutWhenBusy } from './refresh/logout-when-busy.ts'
import { lostRenewalNeverEnds } from './refresh/lost-renewal-never-ends.ts'
import { middlewareRefreshPerRequest } from './refresh/middleware-refresh-per-request.ts'
import { noRefresh } from './refresh/no-refresh.ts'
import { noSingleFlight } from './refresh/no-single-flight.ts'
import { outageLooksEmpty } from './refresh/outage-looks-empty.ts'
import { pageCallsRenewApart } from './refresh/page-calls-renew-apart.ts'
import { previewClientWithoutInterceptor } from './refresh/preview-client-without-interceptor.ts'
import { previewRenewsForItself } from './refresh/preview-renews-for-itself.ts'
import { publicRefreshEndpoint } from './refresh/public-refresh-endpoint.ts'
import { refreshEveryRequest } from './refresh/refresh-every-request.ts'
import { refreshNowAndThen } from './refresh/refresh-now-and-then.ts'
import { refreshOnEvery401 } from './refresh/refresh-on-every-401.ts'
import { refreshOnlyBeforeExpiry } from './refresh/refresh-only-before-expiry.ts'
import { refreshRouteAnswersTokens } from './refresh/refresh-route-answers-tokens.ts'
import { refreshRouteWithoutLock } from './refresh/refresh-route-without-lock.ts'
import { renewBoundToFirstRequestSignal } from './refresh/renew-bound-to-first-request-signal.ts'
import { renewOn403 } from './refresh/renew-on-403.ts'
import { renewRetryLoop } from './refresh/renew-retry-loop.ts'
import { renewTokenInBody } from './refresh/renew-token-in-body.ts'
import { renewTokenInUrl } from './refresh/renew-token-in-url.ts'
import { renewWithAccessToken } from './refresh/renew-with-access-token.ts'
import { renewsTwice } from './refresh/renews-twice.ts'
import { renewsUntilExpIsAhead } from './refresh/renews-until-exp-is-ahead.ts'
import { replayDropsQuery } from './refresh/replay-drops-query.ts'
import { retryDropsBody } from './refresh/retry-drops-body.ts'
import { retryEmptyStream } from './refresh/retry-empty-stream.ts'
import { retryForever } from './refresh/retry-forever.ts'
import { retryLosesFirstBlock } from './refresh/retry-loses-first-block.ts'
import { rotatedRtNotSaved } from './refresh/rotated-rt-not-saved.ts'
import { rscRefreshNotPersisted } from './refresh/rsc-refresh-not-persisted.ts'
import { secondRotationNotSaved } from './refresh/second-rotation-not-saved.ts'
import { shortLease } from './refresh/short-lease.ts'
import { storesNone } from './refresh/stores-none.ts'
import { storesUndefined } from './refresh/stores-undefined.ts'
import { stragglerGets401 } from './refresh/straggler-gets-401.ts'
import { terminalClearsCookieOnly } from './refresh/terminal-clears-cookie-only.ts'
import { terminalOnlyOn401 } from './refresh/terminal-only-on-401.ts'
import { tokenCachePerInstance } from './refresh/token-cache-per-instance.ts'
import { tokenTakenOutWhileRenewing } from './refresh/token-taken-out-while-renewing.ts'
import { trustsExpOnly } from './refresh/trusts-exp-only.ts'
import { waiterUsesStaleToken } from './refresh/waiter-uses-stale-token.ts'
import { searchWithoutRenewal } from './refresh/search-without-renewal.ts'
import { meWithoutRenewal } from './refresh/me-without-renewal.ts'
import { replayedSearchDropsTerm } from './refresh/replayed-search-drops-term.ts'
import { flightNamedByUser } from './refresh/flight-named-by-user.ts'
import { previewRetriesTwice } from './refresh/preview-retries-twice.ts'
import { second401OfMeClearsSession } from './refresh/second-401-of-me-clears-session.ts'
import { meRenewsOn404 } from './refresh/me-renews-on-404.ts'

/** The mutants for checks of the group REFRESH, in catalogue order. */
export const refreshMutants: readonly Mutant[] = [
  noRefresh,
  refreshOnlyBeforeExpiry,
  searchWithoutRenewal,
  meWithoutRenewal,
  replayedSearchDropsTerm,
  renewTokenInBody,
  renewTokenInUrl,
  renewWithAccessToken,
  rotatedRtNotSaved,
  secondRotationNotSaved,
  debouncedRenewal,
  flightPerRoute,
  guideLiteral,
  lockLosersKeepOldToken,
  noSingleFlight,
  inProcessPromiseLock,
  lockNamedByInstance,
  shortLease,
  waiterUsesStaleToken,
  lockReleasedBeforeSave,
  refreshOnEvery401,
  stragglerGets401,
  renewsTwice,
  retryForever,
  previewRetriesTwice,
  any401ClearsSession,
  second401OfMeClearsSession,
  blockedUserKeepsTrying,
  terminalClearsCookieOnly,
  terminalOnlyOn401,
  globalClearByUser,
  logoutOnLostConnection,
  logoutOnTransient,
  logoutWhenBusy,
  outageLooksEmpty,
  tokenTakenOutWhileRenewing,
  forbiddenFileSignsOut,
  renewOn403,
  meRenewsOn404,
  createSentTwice,
  replayDropsQuery,
  retryDropsBody,
  retryEmptyStream,
  retryLosesFirstBlock,
  failedUploadLeavesFile,
  lockWithoutTtl,
  lockDelNotOwned,
  renewRetryLoop,
  lostRenewalNeverEnds,
  storesUndefined,
  storesNone,
  halfPairSaved,
  pageCallsRenewApart,
  rscRefreshNotPersisted,
  middlewareRefreshPerRequest,
  refreshEveryRequest,
  refreshNowAndThen,
  globalRefreshMutex,
  lockNameWithoutSession,
  flightNamedByUser,
  renewBoundToFirstRequestSignal,
  tokenCachePerInstance,
  publicRefreshEndpoint,
  refreshRouteWithoutLock,
  refreshRouteAnswersTokens,
  previewClientWithoutInterceptor,
  previewRenewsForItself,
  trustsExpOnly,
  renewsUntilExpIsAhead,
]
