import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const optionsShowsRequest = defineMutant({
  name: 'options-shows-request',
  defect: 'Methods without a handler are answered with what was asked, cookies and all.',
  kills: { 'LEAK-22': /^the request in the answer to OPTIONS/ },
  apply: (parts) =>
    wrappedRoute(
      parts,
      'unknownRoute',
      (handler) => async (c) =>
        c.req.method === 'OPTIONS'
          ? c.json({ error: 'method', request: { path: c.req.path, headers: c.req.header() } }, 405)
          : handler(c),
    ),
})
