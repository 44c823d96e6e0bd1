import { BffFailure } from '../../failure.ts'
import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const outageLooksEmpty = defineMutant({
  name: 'outage-looks-empty',
  defect: 'When the session cannot be renewed just now the list is shown as empty, with 200.',
  kills: { 'REFRESH-12': /^the client's answer while the renewal meets/ },
  collateral: ['RESIL-01', 'REFRESH-13'],
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler) => async (c) => {
      try {
        return await handler(c)
      } catch (error) {
        if (!(error instanceof BffFailure) || error.status < 500) throw error
        return c.json({ items: [], total: 0, page: 1 })
      }
    }),
})
