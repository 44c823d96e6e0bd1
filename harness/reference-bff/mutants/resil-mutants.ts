import type { Mutant } from './mutant.ts'
import { repliesShiftAfterAbort } from './resil/replies-shift-after-abort.ts'
import { retryLoopOn429 } from './resil/429-retry-loop.ts'
import { quietlyClearsSession } from './resil/503-quietly-clears-session.ts'
import { outageClearsSession } from './resil/5xx-clears-session.ts'
import { abortKeepsSlot } from './resil/abort-keeps-slot.ts'
import { axiosRetryOnPost } from './resil/axios-retry-on-post.ts'
import { breakerNeverCloses } from './resil/breaker-never-closes.ts'
import { crashOnEconnrefused } from './resil/crash-on-econnrefused.ts'
import { exitWithoutDrain } from './resil/exit-without-drain.ts'
import { listenerLeak } from './resil/listener-leak.ts'
import { connectionPerPreview } from './resil/connection-per-preview.ts'
import { vaultKeyPerRenewal } from './resil/vault-key-per-renewal.ts'
import { previewsEndEarlyAtStop } from './resil/previews-end-early-at-stop.ts'
import { lockGoneMeansGo } from './resil/lock-gone-means-go.ts'
import { lockTimeoutThenProceed } from './resil/lock-timeout-then-proceed.ts'
import { loginRedirectLoop } from './resil/login-redirect-loop.ts'
import { meClearsWhenGone } from './resil/me-clears-when-gone.ts'
import { noUpstreamTimeout } from './resil/no-upstream-timeout.ts'
import { pageAsksOnAndOn } from './resil/page-asks-on-and-on.ts'
import { pageFailsWithoutSession } from './resil/page-fails-without-session.ts'
import { parseErrorInAnswer } from './resil/parse-error-in-answer.ts'
import { redisDownCountsAsAnonymous } from './resil/redis-down-counts-as-anonymous.ts'
import { redisDownHangs } from './resil/redis-down-hangs.ts'
import { refusalsLeftUnread } from './resil/refusals-left-unread.ts'
import { refusedConnectionSignsOut } from './resil/refused-connection-signs-out.ts'
import { renewsOn5xx } from './resil/renews-on-5xx.ts'
import { retriesGatewayErrors } from './resil/retries-gateway-errors.ts'
import { returns200Undefined } from './resil/returns-200-undefined.ts'
import { tabBResavesSession } from './resil/tab-b-resaves-session.ts'
import { tabBSignsInAgain } from './resil/tab-b-signs-in-again.ts'
import { saveTokensInTwoWrites } from './resil/save-tokens-in-two-writes.ts'
import { unhandledAbortCrash } from './resil/unhandled-abort-crash.ts'
import { scriptsLoadedOnce } from './resil/scripts-loaded-once.ts'
import { leftDownloadKeepsSlot } from './resil/left-download-keeps-slot.ts'
import { outageOfCreateClearsSession } from './resil/5xx-of-create-clears-session.ts'
import { tooManyPreviewsSignOut } from './resil/429-of-preview-signs-out.ts'

/** The mutants for checks of the group RESIL, in catalogue order. */
export const resilMutants: readonly Mutant[] = [
  quietlyClearsSession,
  outageClearsSession,
  outageOfCreateClearsSession,
  renewsOn5xx,
  meClearsWhenGone,
  noUpstreamTimeout,
  breakerNeverCloses,
  refusedConnectionSignsOut,
  crashOnEconnrefused,
  returns200Undefined,
  parseErrorInAnswer,
  redisDownCountsAsAnonymous,
  redisDownHangs,
  scriptsLoadedOnce,
  lockTimeoutThenProceed,
  saveTokensInTwoWrites,
  lockGoneMeansGo,
  exitWithoutDrain,
  previewsEndEarlyAtStop,
  unhandledAbortCrash,
  abortKeepsSlot,
  leftDownloadKeepsSlot,
  repliesShiftAfterAbort,
  retryLoopOn429,
  tooManyPreviewsSignOut,
  axiosRetryOnPost,
  retriesGatewayErrors,
  loginRedirectLoop,
  pageAsksOnAndOn,
  tabBResavesSession,
  tabBSignsInAgain,
  pageFailsWithoutSession,
  listenerLeak,
  connectionPerPreview,
  refusalsLeftUnread,
  vaultKeyPerRenewal,
]
