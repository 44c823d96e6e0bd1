import { BffFailure } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { sentBody } from '../sent-body.ts'

export const echoLoginBody = defineMutant({
  name: 'echo-login-body',
  defect: 'A refused login is answered with what was sent, so that the form can be filled again.',
  kills: { 'LEAK-25': 'passwords in the answer to a wrong password' },
  apply: (parts) =>
    wrappedRoute(parts, 'login', (handler) => async (c) => {
      const sent = sentBody(c)
      try {
        return await handler(c)
      } catch (error) {
        if (!(error instanceof BffFailure) || error.status !== 401) throw error
        return c.json({ error: error.code, sent: sent() }, 401)
      }
    }),
})
