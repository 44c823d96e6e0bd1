import type { Mutant } from './mutant.ts'
import { answersReadAsLatin1 } from './proxy/answers-read-as-latin1.ts'
import { anyMethodList } from './proxy/any-method-list.ts'
import { axiosBaseurlAbsolute } from './proxy/axios-baseurl-absolute.ts'
import { bearerWithoutSession } from './proxy/bearer-without-session.ts'
import { catchAllProxy } from './proxy/catch-all-proxy.ts'
import { clientIdPassthrough } from './proxy/client-id-passthrough.ts'
import { crlfHeader } from './proxy/crlf-header.ts'
import { deepJsonBreaks } from './proxy/deep-json-breaks.ts'
import { doubleEncodesQuery } from './proxy/double-encodes-query.ts'
import { followsRedirectBare } from './proxy/follows-redirect-bare.ts'
import { followsRedirectWithHeaders } from './proxy/follows-redirect-with-headers.ts'
import { forwardsCookie } from './proxy/forwards-cookie.ts'
import { forwardsHopByHop } from './proxy/forwards-hop-by-hop.ts'
import { forwardsHost } from './proxy/forwards-host.ts'
import { forwardsNominated } from './proxy/forwards-nominated.ts'
import { forwardsOtherCookies } from './proxy/forwards-other-cookies.ts'
import { headerPassthrough } from './proxy/header-passthrough.ts'
import { honoursNominatedAuthorization } from './proxy/honours-nominated-authorization.ts'
import { honoursNominatedContentType } from './proxy/honours-nominated-content-type.ts'
import { hostHeaderLinks } from './proxy/host-header-links.ts'
import { longQuery500 } from './proxy/long-query-500.ts'
import { methodOverridePassedOn } from './proxy/method-override-passed-on.ts'
import { methodOverride } from './proxy/method-override.ts'
import { noBodyLimit } from './proxy/no-body-limit.ts'
import { pageLinkFollowed } from './proxy/page-link-followed.ts'
import { plusBecomesSpace } from './proxy/plus-becomes-space.ts'
import { bodyOfReadIsNextRequest } from './proxy/body-of-read-is-next-request.ts'
import { rawSocketUpload } from './proxy/raw-socket-upload.ts'
import { rawSocketProxy } from './proxy/raw-socket-proxy.ts'
import { relaysCors } from './proxy/relays-cors.ts'
import { relaysHopByHop } from './proxy/relays-hop-by-hop.ts'
import { loginFollowsRedirect } from './proxy/login-follows-redirect.ts'
import { renewalFollowsRedirect } from './proxy/renewal-follows-redirect.ts'
import { textsSentAsLatin1 } from './proxy/texts-sent-as-latin1.ts'
import { trustsClientAuthorization } from './proxy/trusts-client-authorization.ts'
import { longTermCut } from './proxy/long-term-cut.ts'
import { meTrustsClientAuthorization } from './proxy/me-trusts-client-authorization.ts'
import { searchForwardsCookie } from './proxy/search-forwards-cookie.ts'
import { previewPassesHeaders } from './proxy/preview-passes-headers.ts'

/** The mutants for checks of the group PROXY, in catalogue order. */
export const proxyMutants: readonly Mutant[] = [
  forwardsCookie,
  searchForwardsCookie,
  forwardsOtherCookies,
  bearerWithoutSession,
  trustsClientAuthorization,
  meTrustsClientAuthorization,
  forwardsHopByHop,
  forwardsNominated,
  relaysHopByHop,
  honoursNominatedAuthorization,
  honoursNominatedContentType,
  clientIdPassthrough,
  headerPassthrough,
  previewPassesHeaders,
  axiosBaseurlAbsolute,
  catchAllProxy,
  pageLinkFollowed,
  followsRedirectWithHeaders,
  renewalFollowsRedirect,
  loginFollowsRedirect,
  followsRedirectBare,
  rawSocketProxy,
  rawSocketUpload,
  bodyOfReadIsNextRequest,
  crlfHeader,
  forwardsHost,
  hostHeaderLinks,
  anyMethodList,
  methodOverride,
  methodOverridePassedOn,
  doubleEncodesQuery,
  longTermCut,
  longQuery500,
  plusBecomesSpace,
  answersReadAsLatin1,
  textsSentAsLatin1,
  deepJsonBreaks,
  noBodyLimit,
  relaysCors,
]
