import { defineMutant } from '../mutant.ts'
import { unrenewed } from '../unrenewed-calls.ts'

export const meWithoutRenewal = defineMutant({
  name: 'me-without-renewal',
  defect: 'Who is signed in is asked past the client that renews.',
  kills: { 'REFRESH-01': 'the answer to me that needs a renewal' },
  apply: (parts) => unrenewed(parts, ({ path }) => path === '/authentication/user'),
})
