import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'

/** What a request holds on to: about as much as a list and its parsed copy. */
const HELD_BYTES = 256 * 1024

export const listenerLeak = defineMutant({
  name: 'listener-leak',
  defect:
    "Every list adds a listener to the connection with Redis, and with it keeps the request's data.",
  kills: { 'RESIL-15': 'what has grown' },
  needsProcess: true,
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, { redis }) => async (c) => {
      const data = Buffer.alloc(HELD_BYTES, c.req.url)
      redis.on('end', () => data.fill(0))
      return handler(c)
    }),
})
