import { trusting } from '../guarded-otherwise.ts'
import { defineMutant } from '../mutant.ts'

export const publicRefreshEndpoint = defineMutant({
  name: 'public-refresh-endpoint',
  defect: 'The refresh route can be called by every site.',
  kills: { 'REFRESH-26': 'the answer to a page of another site' },
  apply: (parts) => trusting(parts, ({ url }) => new URL(url).pathname === '/api/auth/refresh'),
})
