import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const tokenInRscProps = defineMutant({
  name: 'token-in-rsc-props',
  defect: 'The server-rendered page hands its client component the whole session, tokens included.',
  kills: { 'LEAK-03': 'secrets in what the pages loaded' },
  collateral: ['LEAK-01', 'LEAK-08'],
  apply: (parts) =>
    changedAnswer(parts, 'postsPage', async (answer, { c, services }) => {
      if (answer.status !== 200) return answer
      const { tokens, userId } = await entryOfRequest(c, services)
      const props = JSON.stringify(JSON.stringify({ user: { id: userId }, session: tokens }))
      const data = `<script type="application/json">[1,${props}]</script>`
      return new Response((await answer.text()).replace('</html>', `${data}</html>`), {
        headers: answer.headers,
      })
    }),
})
