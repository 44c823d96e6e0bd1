import { defineMutant } from '../mutant.ts'
import { changedRefusal } from '../failed-sign-in-answer.ts'

export const api302ToLogin = defineMutant({
  name: 'api-302-to-login',
  defect: 'Calls of scripts without a session are redirected to the login page.',
  kills: { 'SESSION-15': 'the answer to list, when the session ends' },
  collateral: ['REFRESH-10', 'VAULT-10', 'VAULT-13'],
  apply: (parts) => changedRefusal(parts, (c) => c.redirect('/', 302)),
})
