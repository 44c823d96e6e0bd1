import { BffFailure } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { sentBody } from '../sent-body.ts'

export const passwordInValidationError = defineMutant({
  name: 'password-in-validation-error',
  defect: 'A body that cannot be parsed is answered with the error of the parser, which quotes it.',
  kills: { 'LEAK-25': /^passwords in the answer to a (body|list)/ },
  apply: (parts) =>
    wrappedRoute(parts, 'login', (handler) => async (c) => {
      const sent = sentBody(c)
      try {
        return await handler(c)
      } catch (error) {
        if (!(error instanceof BffFailure) || error.status !== 400) throw error
        return c.json({ error: `Unexpected input: ${sent()}` }, 400)
      }
    }),
})
