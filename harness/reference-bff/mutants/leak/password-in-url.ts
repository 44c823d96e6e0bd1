import { defineMutant } from '../mutant.ts'
import { changedCall } from '../upstream-calls.ts'

export const passwordInUrl = defineMutant({
  name: 'password-in-url',
  defect: 'Credentials are sent upstream in the query as well, where every log keeps them.',
  kills: { 'LEAK-25': 'passwords in upstream URLs' },
  apply: (parts) =>
    changedCall(
      parts,
      ({ path }) => path === '/authentication/local',
      (call) => ({ ...call, query: { ...(call.json as Record<string, string>) } }),
    ),
})
