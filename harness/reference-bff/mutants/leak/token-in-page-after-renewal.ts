import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const tokenInPageAfterRenewal = defineMutant({
  name: 'token-in-page-after-renewal',
  defect:
    'A page whose token was renewed while it was rendered carries the new one, Base64-encoded, in an attribute.',
  kills: { 'LEAK-03': 'secrets in what the pages loaded' },
  collateral: ['LEAK-01', 'LEAK-08'],
  apply: (parts) =>
    changedAnswer(parts, 'postsPage', async (answer, { c, services }) => {
      if (answer.status !== 200) return answer
      const { tokens, generation } = await entryOfRequest(c, services)
      if (generation < 2) return answer
      const state = Buffer.from(JSON.stringify(tokens)).toString('base64')
      return new Response((await answer.text()).replace('<ul', `<ul data-state="${state}"`), {
        headers: answer.headers,
      })
    }),
})
