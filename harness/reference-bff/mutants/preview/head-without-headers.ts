import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const headWithoutHeaders = defineMutant({
  name: 'head-without-headers',
  defect: 'HEAD says that there is a preview, and nothing about it.',
  kills: { 'PREVIEW-12': 'headers that GET and HEAD say differently' },
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (handler) => async (c) => {
      if (c.req.method !== 'HEAD') return handler(c)
      return c.body(null, 200)
    }),
})
