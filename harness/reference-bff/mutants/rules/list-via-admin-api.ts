import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'

export const listViaAdminApi = defineMutant({
  name: 'list-via-admin-api',
  defect: 'The list also asks a route of the admin API how many documents there are.',
  kills: { 'RULES-01': 'admin calls at the Client API' },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, { http }) => async (c) => {
      await http.backend({ method: 'GET', path: '/admin/database/schemas/Post/docs' })
      return handler(c)
    }),
})
