import { defineMutant } from '../mutant.ts'
import { socialStateInStore } from '../social-state-in-store.ts'

export const ssoStateInStoreKeepsQuery = defineMutant({
  name: 'sso-state-in-store-keeps-query',
  defect:
    'The state of a social login is kept in the store; whoever brings it is sent on with the whole query.',
  kills: { 'LEAK-09': 'tokens in the answer at the address with the tokens' },
  apply: (parts) => socialStateInStore(parts, (c) => `/${new URL(c.req.url).search}`),
})
