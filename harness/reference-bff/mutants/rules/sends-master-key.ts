import { Agent } from 'undici'
import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'

export const sendsMasterKey = defineMutant({
  name: 'sends-master-key',
  defect: 'Calls of the Client API carry the master key, for those routes that might need it.',
  kills: { 'RULES-01': 'admin calls at the Client API' },
  apply: (parts) =>
    wrappedRoute(parts, 'create', (handler, { settings }) => async (c) => {
      const agent = new Agent()
      await agent.request({
        origin: settings.conduitUrl,
        path: '/ready',
        method: 'GET',
        headers: { masterkey: 'M4ST3RK3Y' },
      })
      await agent.destroy()
      return handler(c)
    }),
})
