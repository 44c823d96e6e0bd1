import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const ssoKeepsQuery = defineMutant({
  name: 'sso-keeps-query',
  defect: 'The redirect after a social login takes the whole query along, to keep what was asked.',
  kills: { 'LEAK-09': 'tokens in the answer at the address with the tokens' },
  apply: (parts) =>
    changedAnswer(parts, 'socialCallback', (_, { c }) =>
      c.redirect(`/${new URL(c.req.url).search}`, 303),
    ),
})
