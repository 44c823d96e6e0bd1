import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfRequest } from '../session-entry.ts'

export const tokenInPageData = defineMutant({
  name: 'token-in-page-data',
  defect:
    'The document is clean; the data that the framework asks for when one navigates to it has the tokens.',
  kills: { 'LEAK-03': 'secrets in the data of pages' },
  collateral: ['LEAK-01'],
  apply: (parts) =>
    wrappedRoute(parts, 'postsPage', (handler, services) => async (c) => {
      const answer = await handler(c)
      if (c.req.header('rsc') === undefined || answer.status !== 200) return answer
      const { tokens } = await entryOfRequest(c, services)
      return c.body(`0:["$","main",null,${JSON.stringify({ tokens })}]\n`, 200, {
        'content-type': 'text/x-component',
      })
    }),
})
