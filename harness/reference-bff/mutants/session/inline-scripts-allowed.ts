import { PAGE_HEADERS } from '../../page.ts'
import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const inlineScriptsAllowed = defineMutant({
  name: 'inline-scripts-allowed',
  defect: 'The policy of the start page lets every inline script run.',
  kills: { 'SESSION-25': 'what / lacks, signed in' },
  apply: (parts) =>
    changedAnswer(parts, 'page', (answer) => {
      answer.headers.set(
        'content-security-policy',
        PAGE_HEADERS['content-security-policy'].replace(
          "script-src 'self'",
          "script-src 'self' 'unsafe-inline'",
        ),
      )
      return answer
    }),
})
