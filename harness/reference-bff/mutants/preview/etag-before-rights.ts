import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'

export const etagBeforeRights = defineMutant({
  name: 'etag-before-rights',
  defect:
    'A preview with If-None-Match is answered with 304 before anybody asks whether the caller may see the file.',
  kills: { 'PREVIEW-15': /^another user's preview/ },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (handler, { sessions }) => async (c) => {
      await sessions.require(c.req.header('cookie'))
      return c.req.header('if-none-match') === undefined ? handler(c) : c.body(null, 304)
    }),
})
