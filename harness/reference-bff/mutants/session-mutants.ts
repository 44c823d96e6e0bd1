import type { Mutant } from './mutant.ts'
import { api302ToLogin } from './session/api-302-to-login.ts'
import { authInMiddlewareOnly } from './session/auth-in-middleware-only.ts'
import { blockedUserEndsEverySession } from './session/blocked-user-ends-every-session.ts'
import { cookieBelowApi } from './session/cookie-below-api.ts'
import { cookieNotHttponly } from './session/cookie-not-httponly.ts'
import { cookieNotSecure } from './session/cookie-not-secure.ts'
import { cookieWithoutPrefix } from './session/cookie-without-prefix.ts'
import { cookieProlongedAsNoneTakesIt } from './session/cookie-prolonged-as-none-takes-it.ts'
import { cookieProlongedNotHttponly } from './session/cookie-prolonged-not-httponly.ts'
import { cookieProlongedNotSecure } from './session/cookie-prolonged-not-secure.ts'
import { cookieProlongedWithoutSamesite } from './session/cookie-prolonged-without-samesite.ts'
import { cookiesGrowInNumber } from './session/cookies-grow-in-number.ts'
import { corsBySuffix } from './session/cors-by-suffix.ts'
import { csrfHeaderOptional } from './session/csrf-header-optional.ts'
import { declaredProofOptional } from './session/declared-proof-optional.ts'
import { domainCookie } from './session/domain-cookie.ts'
import { firstCookieWins } from './session/first-cookie-wins.ts'
import { formWithoutProvenancePasses } from './session/form-without-provenance-passes.ts'
import { getCreates } from './session/get-creates.ts'
import { getLogout } from './session/get-logout.ts'
import { ignoresBlocked } from './session/ignores-blocked.ts'
import { ignoresOrigin } from './session/ignores-origin.ts'
import { inlineScriptsAllowed } from './session/inline-scripts-allowed.ts'
import { keepsIdAtSecondLogin } from './session/keeps-id-at-second-login.ts'
import { keepsSessionId } from './session/keeps-session-id.ts'
import { lastCookieWins } from './session/last-cookie-wins.ts'
import { laxNoneNoOriginCheck } from './session/lax-none-no-origin-check.ts'
import { loginPageForScripts } from './session/login-page-for-scripts.ts'
import { clearSiteDataWithoutQuotes } from './session/clear-site-data-without-quotes.ts'
import { noClearSiteData } from './session/no-clear-site-data.ts'
import { loginCsrf } from './session/login-csrf.ts'
import { logoutFormNotGuarded } from './session/logout-form-not-guarded.ts'
import { logoutNotGuarded } from './session/logout-not-guarded.ts'
import { logoutWrongPath } from './session/logout-wrong-path.ts'
import { meDoesNotTell } from './session/me-does-not-tell.ts'
import { meRemembersAfterLogout } from './session/me-remembers-after-logout.ts'
import { methodOverrideTrusted } from './session/method-override-trusted.ts'
import { nextOnPage } from './session/next-on-page.ts'
import { noSecurityHeaders } from './session/no-security-headers.ts'
import { nullOriginTrusted } from './session/null-origin-trusted.ts'
import { onlyFetchMetadata } from './session/only-fetch-metadata.ts'
import { originByPrefix } from './session/origin-by-prefix.ts'
import { outageCountsAsLogin } from './session/outage-counts-as-login.ts'
import { oversizeCookie } from './session/oversize-cookie.ts'
import { redirectsToOwnAddress } from './session/redirects-to-own-address.ts'
import { reflectsOrigin } from './session/reflects-origin.ts'
import { renewalProlongsSession } from './session/renewal-prolongs-session.ts'
import { returnToByPrefix } from './session/return-to-by-prefix.ts'
import { samesiteMissing } from './session/samesite-missing.ts'
import { samesiteNone } from './session/samesite-none.ts'
import { samesiteOnly } from './session/samesite-only.ts'
import { saveAfterLogout } from './session/save-after-logout.ts'
import { saveRacesLogout } from './session/save-races-logout.ts'
import { secondLogoutFails } from './session/second-logout-fails.ts'
import { sessionBeforeAuth } from './session/session-before-auth.ts'
import { sessionIdFromQuery } from './session/session-id-from-query.ts'
import { sessionIdInReadableCookie } from './session/session-id-in-readable-cookie.ts'
import { startswithSlashCheck } from './session/startswith-slash-check.ts'
import { tenYearCookie } from './session/ten-year-cookie.ts'
import { trustedAddressSkipsAuth } from './session/trusted-address-skips-auth.ts'
import { twoCookies500 } from './session/two-cookies-500.ts'
import { vaultEntryForAYear } from './session/vault-entry-for-a-year.ts'
import { originByHostName } from './session/origin-by-host-name.ts'
import { siblingOriginTrusted } from './session/sibling-origin-trusted.ts'
import { uploadNotGuarded } from './session/upload-not-guarded.ts'
import { refererMentionsOwnHost } from './session/referer-mentions-own-host.ts'
import { loginLeavesSessionBefore } from './session/login-leaves-session-before.ts'
import { corsOnRefusals } from './session/cors-on-refusals.ts'
import { rollingSaveAfterLogout } from './session/rolling-save-after-logout.ts'
import { lastUseNotedAfterLogout } from './session/last-use-noted-after-logout.ts'
import { keepsMalformedId } from './session/keeps-malformed-id.ts'

/** The mutants for checks of the group SESSION, in catalogue order. */
export const sessionMutants: readonly Mutant[] = [
  cookieNotSecure,
  cookieProlongedNotSecure,
  cookieProlongedAsNoneTakesIt,
  cookieNotHttponly,
  cookieProlongedNotHttponly,
  sessionIdInReadableCookie,
  samesiteMissing,
  samesiteNone,
  domainCookie,
  cookieBelowApi,
  cookieWithoutPrefix,
  cookieProlongedWithoutSamesite,
  cookiesGrowInNumber,
  oversizeCookie,
  keepsIdAtSecondLogin,
  loginLeavesSessionBefore,
  keepsSessionId,
  keepsMalformedId,
  logoutWrongPath,
  secondLogoutFails,
  getLogout,
  laxNoneNoOriginCheck,
  logoutFormNotGuarded,
  samesiteOnly,
  ignoresOrigin,
  originByHostName,
  siblingOriginTrusted,
  uploadNotGuarded,
  logoutNotGuarded,
  nullOriginTrusted,
  onlyFetchMetadata,
  originByPrefix,
  csrfHeaderOptional,
  formWithoutProvenancePasses,
  refererMentionsOwnHost,
  declaredProofOptional,
  corsBySuffix,
  corsOnRefusals,
  reflectsOrigin,
  getCreates,
  methodOverrideTrusted,
  api302ToLogin,
  loginPageForScripts,
  redirectsToOwnAddress,
  nextOnPage,
  returnToByPrefix,
  startswithSlashCheck,
  loginCsrf,
  sessionBeforeAuth,
  outageCountsAsLogin,
  tenYearCookie,
  vaultEntryForAYear,
  renewalProlongsSession,
  saveAfterLogout,
  rollingSaveAfterLogout,
  lastUseNotedAfterLogout,
  saveRacesLogout,
  authInMiddlewareOnly,
  sessionIdFromQuery,
  trustedAddressSkipsAuth,
  ignoresBlocked,
  blockedUserEndsEverySession,
  lastCookieWins,
  firstCookieWins,
  twoCookies500,
  meDoesNotTell,
  meRemembersAfterLogout,
  noSecurityHeaders,
  inlineScriptsAllowed,
  noClearSiteData,
  clearSiteDataWithoutQuotes,
]
