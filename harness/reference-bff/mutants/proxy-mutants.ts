import type { Mutant } from './mutant.ts'
import { axiosBaseurlAbsolute } from './proxy/axios-baseurl-absolute.ts'
import { bearerWithoutSession } from './proxy/bearer-without-session.ts'
import { catchAllProxy } from './proxy/catch-all-proxy.ts'
import { clientIdPassthrough } from './proxy/client-id-passthrough.ts'
import { followsRedirectWithHeaders } from './proxy/follows-redirect-with-headers.ts'
import { forwardsCookie } from './proxy/forwards-cookie.ts'
import { forwardsOtherCookies } from './proxy/forwards-other-cookies.ts'
import { headerPassthrough } from './proxy/header-passthrough.ts'
import { pageLinkFollowed } from './proxy/page-link-followed.ts'
import { renewalFollowsRedirect } from './proxy/renewal-follows-redirect.ts'
import { trustsClientAuthorization } from './proxy/trusts-client-authorization.ts'

/** The mutants for checks of the group PROXY, in catalogue order. */
export const proxyMutants: readonly Mutant[] = [
  forwardsCookie,
  forwardsOtherCookies,
  bearerWithoutSession,
  trustsClientAuthorization,
  clientIdPassthrough,
  headerPassthrough,
  axiosBaseurlAbsolute,
  catchAllProxy,
  pageLinkFollowed,
  followsRedirectWithHeaders,
  renewalFollowsRedirect,
]
