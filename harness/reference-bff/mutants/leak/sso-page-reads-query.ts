import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const ssoPageReadsQuery = defineMutant({
  name: 'sso-page-reads-query',
  defect: 'A social login ends on a page, at the address that has the tokens in it.',
  kills: { 'LEAK-09': 'the answer at the address with the tokens' },
  apply: (parts) =>
    changedAnswer(parts, 'socialCallback', (_, { c }) =>
      c.html('<!doctype html><title>Welcome</title><p>You are signed in. <a href="/">Go on</a>'),
    ),
})
