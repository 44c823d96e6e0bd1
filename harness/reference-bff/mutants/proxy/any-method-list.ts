import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const anyMethodList = defineMutant({
  name: 'any-method-list',
  defect: 'The list answers every method that is not the create.',
  kills: { 'PROXY-11': 'lists read with PUT' },
  apply: (parts) =>
    wrappedRoute(
      parts,
      'unknownRoute',
      (handler, { list }) =>
        async (c) =>
          c.req.path === '/api/posts' ? list(c) : handler(c),
    ),
})
