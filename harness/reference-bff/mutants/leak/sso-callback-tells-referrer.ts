import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const ssoCallbackTellsReferrer = defineMutant({
  name: 'sso-callback-tells-referrer',
  defect: "The redirect after a social login has the browser's usual referrer policy.",
  kills: { 'LEAK-09': 'Referrer-Policy at the address with the tokens' },
  apply: (parts) =>
    changedAnswer(parts, 'socialCallback', (answer) => {
      answer.headers.set('referrer-policy', 'strict-origin-when-cross-origin')
      return answer
    }),
})
