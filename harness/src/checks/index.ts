import type { Check } from '../check.ts'
import { leak01 } from './leak/leak-01-every-answer.ts'
import { leak02 } from './leak/leak-02-upstream-cookies.ts'
import { leak03 } from './leak/leak-03-pages.ts'
import { leak04 } from './leak/leak-04-scripts.ts'
import { leak05 } from './leak/leak-05-source-maps.ts'
import { leak06 } from './leak/leak-06-no-source-maps.ts'
import { leak07 } from './leak/leak-07-browser-storage.ts'
import { leak08 } from './leak/leak-08-heap.ts'
import { leak09 } from './leak/leak-09-social-login.ts'
import { leak10 } from './leak/leak-10-errors.ts'
import { leak11 } from './leak/leak-11-response-headers.ts'
import { leak12 } from './leak/leak-12-file-documents.ts'
import { leak13 } from './leak/leak-13-upload-url.ts'
import { leak14 } from './leak/leak-14-egress.ts'
import { leak15 } from './leak/leak-15-pictures.ts'
import { leak16 } from './leak/leak-16-cache-control.ts'
import { leak17 } from './leak/leak-17-shared-cache.ts'
import { leak18 } from './leak/leak-18-no-cross-user-cache.ts'
import { leak19 } from './leak/leak-19-known-paths.ts'
import { leak20 } from './leak/leak-20-output.ts'
import { leak21 } from './leak/leak-21-overheard.ts'
import { leak22 } from './leak/leak-22-methods.ts'
import { leak23 } from './leak/leak-23-backend-address.ts'
import { leak24 } from './leak/leak-24-after-logout.ts'
import { leak25 } from './leak/leak-25-password.ts'
import { preview01 } from './preview/preview-01-bytes.ts'
import { preview02 } from './preview/preview-02-storage-request.ts'
import { preview03 } from './preview/preview-03-no-redirect.ts'
import { preview04 } from './preview/preview-04-streams.ts'
import { preview05 } from './preview/preview-05-back-pressure.ts'
import { preview06 } from './preview/preview-06-abort.ts'
import { preview07 } from './preview/preview-07-early-abort.ts'
import { preview08 } from './preview/preview-08-cut-upstream.ts'
import { preview09 } from './preview/preview-09-range-served.ts'
import { preview10 } from './preview/preview-10-ranges.ts'
import { preview11 } from './preview/preview-11-encodings.ts'
import { preview12 } from './preview/preview-12-head.ts'
import { preview13 } from './preview/preview-13-active-content.ts'
import { preview14 } from './preview/preview-14-no-script.ts'
import { preview15 } from './preview/preview-15-not-yours.ts'
import { preview16 } from './preview/preview-16-storage-errors.ts'
import { preview17 } from './preview/preview-17-error-classes.ts'
import { preview18 } from './preview/preview-18-stale-url.ts'
import { preview19 } from './preview/preview-19-file-ids.ts'
import { preview20 } from './preview/preview-20-foreign-urls.ts'
import { preview21 } from './preview/preview-21-storage-redirect.ts'
import { preview22 } from './preview/preview-22-many.ts'
import { preview23 } from './preview/preview-23-shared-cache.ts'
import { preview25 } from './preview/preview-25-silent-storage.ts'
import { preview24 } from './preview/preview-24-embedded.ts'
import { preview26 } from './preview/preview-26-file-names.ts'
import { preview27 } from './preview/preview-27-storage-headers.ts'
import { preview28 } from './preview/preview-28-methods.ts'
import { proxy01 } from './proxy/proxy-01-cookies.ts'
import { proxy02 } from './proxy/proxy-02-authorization.ts'
import { proxy03 } from './proxy/proxy-03-hop-by-hop.ts'
import { proxy04 } from './proxy/proxy-04-nominated.ts'
import { proxy05 } from './proxy/proxy-05-headers.ts'
import { proxy06 } from './proxy/proxy-06-paths.ts'
import { proxy07 } from './proxy/proxy-07-redirects.ts'
import { proxy08 } from './proxy/proxy-08-smuggling.ts'
import { proxy09 } from './proxy/proxy-09-line-breaks.ts'
import { proxy10 } from './proxy/proxy-10-host.ts'
import { proxy11 } from './proxy/proxy-11-methods.ts'
import { proxy12 } from './proxy/proxy-12-query.ts'
import { proxy13 } from './proxy/proxy-13-too-much.ts'
import { proxy14 } from './proxy/proxy-14-framing.ts'
import { refresh01 } from './refresh/refresh-01-one-renewal.ts'
import { refresh02 } from './refresh/refresh-02-renew-request.ts'
import { refresh03 } from './refresh/refresh-03-three-times.ts'
import { refresh04 } from './refresh/refresh-04-single-flight.ts'
import { refresh05 } from './refresh/refresh-05-across-instances.ts'
import { refresh06 } from './refresh/refresh-06-straggler.ts'
import { refresh07 } from './refresh/refresh-07-while-renewing.ts'
import { refresh08 } from './refresh/refresh-08-bounded.ts'
import { refresh09 } from './refresh/refresh-09-second-factor.ts'
import { refresh10 } from './refresh/refresh-10-terminal.ts'
import { refresh11 } from './refresh/refresh-11-second-login.ts'
import { refresh12 } from './refresh/refresh-12-transient.ts'
import { refresh13 } from './refresh/refresh-13-other-refusals.ts'
import { refresh14 } from './refresh/refresh-14-replayed-body.ts'
import { refresh15 } from './refresh/refresh-15-upload.ts'
import { refresh16 } from './refresh/refresh-16-killed.ts'
import { refresh17 } from './refresh/refresh-17-slow-renewal.ts'
import { refresh18 } from './refresh/refresh-18-lost-answer.ts'
import { refresh19 } from './refresh/refresh-19-unusable-answer.ts'
import { refresh20 } from './refresh/refresh-20-server-render.ts'
import { refresh21 } from './refresh/refresh-21-three-tabs.ts'
import { refresh22 } from './refresh/refresh-22-not-needed.ts'
import { refresh23 } from './refresh/refresh-23-own-flight.ts'
import { refresh24 } from './refresh/refresh-24-first-caller-leaves.ts'
import { refresh25 } from './refresh/refresh-25-other-instances.ts'
import { refresh26 } from './refresh/refresh-26-own-route.ts'
import { refresh27 } from './refresh/refresh-27-preview.ts'
import { refresh28 } from './refresh/refresh-28-clock-skew.ts'
import { refresh29 } from './refresh/refresh-29-no-reuse.ts'
import { resil01 } from './resil/resil-01-backend-errors.ts'
import { resil02 } from './resil/resil-02-no-answer.ts'
import { resil03 } from './resil/resil-03-backend-gone.ts'
import { resil04 } from './resil/resil-04-nonsense.ts'
import { resil05 } from './resil/resil-05-vault-down.ts'
import { resil06 } from './resil/resil-06-slow-vault.ts'
import { resil07 } from './resil/resil-07-vault-lost-at-save.ts'
import { resil08 } from './resil/resil-08-evicted-lock.ts'
import { resil09 } from './resil/resil-09-orderly-end.ts'
import { resil10 } from './resil/resil-10-aborts.ts'
import { resil11 } from './resil/resil-11-too-many.ts'
import { resil12 } from './resil/resil-12-no-repeat.ts'
import { resil13 } from './resil/resil-13-session-lost.ts'
import { resil14 } from './resil/resil-14-other-tab.ts'
import { resil15 } from './resil/resil-15-flat.ts'
import { rules01 } from './rules/rules-01-no-admin.ts'
import { rules02 } from './rules/rules-02-no-grpc.ts'
import { rules03 } from './rules/rules-03-no-direct-calls.ts'
import { rules04 } from './rules/rules-04-filter.ts'
import { rules05 } from './rules/rules-05-pages.ts'
import { rules06 } from './rules/rules-06-used-list.ts'
import { rules07 } from './rules/rules-07-sort.ts'
import { rules08 } from './rules/rules-08-scope.ts'
import { rules09 } from './rules/rules-09-scope-on-replay.ts'
import { rules10 } from './rules/rules-10-own-scope.ts'
import { rules11 } from './rules/rules-11-foreign-scope.ts'
import { rules12 } from './rules/rules-12-query.ts'
import { rules13 } from './rules/rules-13-logout-upstream.ts'
import { rules14 } from './rules/rules-14-client-secret.ts'
import { rules15 } from './rules/rules-15-file-url.ts'
import { session01 } from './session/session-01-secure.ts'
import { session02 } from './session/session-02-http-only.ts'
import { session03 } from './session/session-03-same-site.ts'
import { session04 } from './session/session-04-host-cookie.ts'
import { session05 } from './session/session-05-cookie-size.ts'
import { session06 } from './session/session-06-fixation.ts'
import { session07 } from './session/session-07-logout.ts'
import { session08 } from './session/session-08-logout-by-get.ts'
import { session09 } from './session/session-09-forged-forms.ts'
import { session10 } from './session/session-10-same-site-forms.ts'
import { session11 } from './session/session-11-cross-site.ts'
import { session12 } from './session/session-12-bare.ts'
import { session13 } from './session/session-13-cors.ts'
import { session14 } from './session/session-14-reads-change-nothing.ts'
import { session15 } from './session/session-15-expired.ts'
import { session16 } from './session/session-16-return-to.ts'
import { session17 } from './session/session-17-login-forgery.ts'
import { session18 } from './session/session-18-failed-login.ts'
import { session19 } from './session/session-19-lifetime.ts'
import { session20 } from './session/session-20-logout-race.ts'
import { session21 } from './session/session-21-bypass.ts'
import { session22 } from './session/session-22-blocked.ts'
import { session23 } from './session/session-23-two-cookies.ts'
import { session24 } from './session/session-24-me.ts'
import { session25 } from './session/session-25-page-headers.ts'
import { session26 } from './session/session-26-clear-site-data.ts'
import { vault01 } from './vault/vault-01-login-answer.ts'
import { vault02 } from './vault/vault-02-cookies.ts'
import { vault03 } from './vault/vault-03-cookie-size.ts'
import { vault04 } from './vault/vault-04-old-copy.ts'
import { vault05 } from './vault/vault-05-any-instance.ts'
import { vault06 } from './vault/vault-06-restart.ts'
import { vault07 } from './vault/vault-07-no-mix.ts'
import { vault08 } from './vault/vault-08-logout.ts'
import { vault09 } from './vault/vault-09-entry-deleted.ts'
import { vault10 } from './vault/vault-10-wiped.ts'
import { vault11 } from './vault/vault-11-spoiled-cookies.ts'
import { vault12 } from './vault/vault-12-session-ids.ts'
import { vault13 } from './vault/vault-13-no-session.ts'
import { vault14 } from './vault/vault-14-at-rest.ts'
import { vault15 } from './vault/vault-15-one-pair.ts'

/** Every check, in catalogue order. */
export const catalogue: readonly Check[] = [
  vault01,
  vault02,
  vault03,
  vault04,
  vault05,
  vault06,
  vault07,
  vault08,
  vault09,
  vault10,
  vault11,
  vault12,
  vault13,
  vault14,
  vault15,
  refresh01,
  refresh02,
  refresh03,
  refresh04,
  refresh05,
  refresh06,
  refresh07,
  refresh08,
  refresh09,
  refresh10,
  refresh11,
  refresh12,
  refresh13,
  refresh14,
  refresh15,
  refresh16,
  refresh17,
  refresh18,
  refresh19,
  refresh20,
  refresh21,
  refresh22,
  refresh23,
  refresh24,
  refresh25,
  refresh26,
  refresh27,
  refresh28,
  refresh29,
  leak01,
  leak02,
  leak03,
  leak04,
  leak05,
  leak06,
  leak07,
  leak08,
  leak09,
  leak10,
  leak11,
  leak12,
  leak13,
  leak14,
  leak15,
  leak16,
  leak17,
  leak18,
  leak19,
  leak20,
  leak21,
  leak22,
  leak23,
  leak24,
  leak25,
  preview01,
  preview02,
  preview03,
  preview04,
  preview05,
  preview06,
  preview07,
  preview08,
  preview09,
  preview10,
  preview11,
  preview12,
  preview13,
  preview14,
  preview15,
  preview16,
  preview17,
  preview18,
  preview19,
  preview20,
  preview21,
  preview22,
  preview23,
  preview24,
  preview25,
  preview26,
  preview27,
  preview28,
  rules01,
  rules02,
  rules03,
  rules04,
  rules05,
  rules06,
  rules07,
  rules08,
  rules09,
  rules10,
  rules11,
  rules12,
  rules13,
  rules14,
  rules15,
  session01,
  session02,
  session03,
  session04,
  session05,
  session06,
  session07,
  session08,
  session09,
  session10,
  session11,
  session12,
  session13,
  session14,
  session15,
  session16,
  session17,
  session18,
  session19,
  session20,
  session21,
  session22,
  session23,
  session24,
  session25,
  session26,
  proxy01,
  proxy02,
  proxy03,
  proxy04,
  proxy05,
  proxy06,
  proxy07,
  proxy08,
  proxy09,
  proxy10,
  proxy11,
  proxy12,
  proxy13,
  proxy14,
  resil01,
  resil02,
  resil03,
  resil04,
  resil05,
  resil06,
  resil07,
  resil08,
  resil09,
  resil10,
  resil11,
  resil12,
  resil13,
  resil14,
  resil15,
]
