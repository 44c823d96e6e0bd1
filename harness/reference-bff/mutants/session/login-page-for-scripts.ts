import { defineMutant } from '../mutant.ts'
import { changedRefusal } from '../failed-sign-in-answer.ts'

export const loginPageForScripts = defineMutant({
  name: 'login-page-for-scripts',
  defect: 'Calls of scripts without a session are answered with the login page.',
  kills: { 'SESSION-15': 'the body of the answer to list, when the session ends' },
  apply: (parts) =>
    changedRefusal(parts, (c) => c.html('<!doctype html><title>Sign in</title>', 401)),
})
