import { defineMutant } from '../mutant.ts'
import { followingRedirects } from '../followed-redirects.ts'

export const followsRedirectBare = defineMutant({
  name: 'follows-redirect-bare',
  defect:
    'Redirects of a list are followed without credentials, and an answer without documents is an empty list: what stands at another host is shown.',
  kills: { 'PROXY-07': /^the answer to list redirected by/ },
  apply: (parts) =>
    followingRedirects(
      {
        ...parts,
        conduit: (services) => {
          const conduit = parts.conduit(services)
          return {
            ...conduit,
            async json(session, call) {
              const answer = await conduit.json(session, call)
              const isEmpty = JSON.stringify(answer) === '{}'
              return isEmpty ? { documents: [], count: 0 } : answer
            },
          }
        },
      },
      ({ path, method }) => method === 'GET' && path.startsWith('/database/'),
      () => ({ headers: {} }),
    ),
})
