import type { Mutant } from './mutant.ts'
import { anonymousPassthrough } from './vault/anonymous-passthrough.ts'
import { anonymousPreview } from './vault/anonymous-preview.ts'
import { axiosDefaultsAuth } from './vault/axios-defaults-auth.ts'
import { cookieBase64JsonSession } from './vault/cookie-base64-json-session.ts'
import { cookieDeflatedSession } from './vault/cookie-deflated-session.ts'
import { cookieFallbackTokens } from './vault/cookie-fallback-tokens.ts'
import { cookieIsVaultKey } from './vault/cookie-is-vault-key.ts'
import { cookieTokenInChunks } from './vault/cookie-token-in-chunks.ts'
import { inMemoryVault } from './vault/in-memory-vault.ts'
import { ironSessionHoldsTokens } from './vault/iron-session-holds-tokens.ts'
import { lastRefreshTokenInClear } from './vault/last-refresh-token-in-clear.ts'
import { loginHidesTokenInUser } from './vault/login-hides-token-in-user.ts'
import { loginReturnsBackendJson } from './vault/login-returns-backend-json.ts'
import { loginTokenInHeader } from './vault/login-token-in-header.ts'
import { logoutClearsCookieOnly } from './vault/logout-clears-cookie-only.ts'
import { logoutLeavesVaultEntry } from './vault/logout-leaves-vault-entry.ts'
import { perProcessCookieKey } from './vault/per-process-cookie-key.ts'
import { quotedCookieIsVaultKey } from './vault/quoted-cookie-is-vault-key.ts'
import { rememberMeAfterLogout } from './vault/remember-me-after-logout.ts'
import { renewalDropsTtl } from './vault/renewal-drops-ttl.ts'
import { rtInCookie } from './vault/rt-in-cookie.ts'
import { sessionCachePerInstance } from './vault/session-cache-per-instance.ts'
import { sessionIdCounter } from './vault/session-id-counter.ts'
import { sessionIdFromClock } from './vault/session-id-from-clock.ts'
import { sessionIdFromLinearGenerator } from './vault/session-id-from-linear-generator.ts'
import { sessionIdFromMathRandom } from './vault/session-id-from-math-random.ts'
import { sessionIdShort } from './vault/session-id-short.ts'
import { tokenInCookieName } from './vault/token-in-cookie-name.ts'
import { tokensAtRestInHex } from './vault/tokens-at-rest-in-hex.ts'
import { unknownIdMakesSession } from './vault/unknown-id-makes-session.ts'
import { unsealThrows500 } from './vault/unseal-throws-500.ts'
import { vaultAppendsHistory } from './vault/vault-appends-history.ts'
import { vaultEmptiedAtStart } from './vault/vault-emptied-at-start.ts'
import { vaultNoTtlPlaintext } from './vault/vault-no-ttl-plaintext.ts'
import { wipedVault500 } from './vault/wiped-vault-500.ts'
import { wipedVaultKeepsCookie } from './vault/wiped-vault-keeps-cookie.ts'
import { lockNamedByToken } from './vault/lock-named-by-token.ts'
import { renewedTokensPublished } from './vault/renewed-tokens-published.ts'
import { renewalShortensLife } from './vault/renewal-shortens-life.ts'
import { workerRemembersSession } from './vault/worker-remembers-session.ts'

/** The mutants for checks of the group VAULT, in catalogue order. */
export const vaultMutants: readonly Mutant[] = [
  loginHidesTokenInUser,
  loginReturnsBackendJson,
  loginTokenInHeader,
  cookieBase64JsonSession,
  cookieDeflatedSession,
  cookieTokenInChunks,
  tokenInCookieName,
  ironSessionHoldsTokens,
  rtInCookie,
  inMemoryVault,
  perProcessCookieKey,
  vaultEmptiedAtStart,
  axiosDefaultsAuth,
  logoutClearsCookieOnly,
  rememberMeAfterLogout,
  sessionCachePerInstance,
  logoutLeavesVaultEntry,
  cookieFallbackTokens,
  wipedVault500,
  wipedVaultKeepsCookie,
  unsealThrows500,
  unknownIdMakesSession,
  sessionIdCounter,
  sessionIdFromClock,
  sessionIdFromLinearGenerator,
  sessionIdFromMathRandom,
  sessionIdShort,
  anonymousPassthrough,
  workerRemembersSession,
  anonymousPreview,
  vaultNoTtlPlaintext,
  renewalDropsTtl,
  tokensAtRestInHex,
  cookieIsVaultKey,
  quotedCookieIsVaultKey,
  vaultAppendsHistory,
  lastRefreshTokenInClear,
  lockNamedByToken,
  renewedTokensPublished,
  renewalShortensLife,
]
