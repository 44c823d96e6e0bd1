import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const lastUseNotedAfterLogout = defineMutant({
  name: 'last-use-noted-after-logout',
  defect:
    'The time of the last use is written into the entry when a list ends, also when there is none any more: what it makes stays for ever.',
  kills: { 'SESSION-20': 'keys of the session that stay in the vault for ever' },
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, { sessions, redis }) => async (c) => {
      const answer = await handler(c)
      const key = sessions.keyOf(sessions.idIn(c.req.header('cookie')) ?? '')
      await redis.hset(`vault:${key}`, 'seen', new Date().toISOString())
      return answer
    }),
})
