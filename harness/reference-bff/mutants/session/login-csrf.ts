import { defineMutant } from '../mutant.ts'
import { trusting } from '../guarded-otherwise.ts'

export const loginCsrf = defineMutant({
  name: 'login-csrf',
  defect: 'The login is left out of the guard, for there is no session yet that could be abused.',
  kills: { 'SESSION-17': /^list with the cookies after a text\/plain form/ },
  apply: (parts) =>
    trusting(parts, (request) => new URL(request.url).pathname === '/api/auth/login'),
})
