import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'

export const connectionPerPreview = defineMutant({
  name: 'connection-per-preview',
  defect:
    'Each preview notes its time over a connection with Redis of its own, which nobody closes.',
  kills: { 'RESIL-15': 'what has grown' },
  needsProcess: true,
  apply: (parts) =>
    wrappedRoute(parts, 'preview', (handler, { redis }) => async (c) => {
      await redis.duplicate().set('last-preview', String(performance.now()))
      return handler(c)
    }),
})
