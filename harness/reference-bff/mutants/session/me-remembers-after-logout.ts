import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { wrappedRoute } from '../change-answer.ts'

export const meRemembersAfterLogout = defineMutant({
  name: 'me-remembers-after-logout',
  defect: 'Who is signed in is kept by cookie in memory, and the sign-out does not clear it.',
  kills: { 'SESSION-24': 'me after logout, with the old cookies' },
  apply: (parts) => {
    const known = new Map<string, object>()
    const remembering = changedAnswer(parts, 'me', async (answer, { c }) => {
      const user = (await answer.clone().json()) as object
      known.set(c.req.header('cookie') ?? '', user)
      return answer
    })
    return wrappedRoute(remembering, 'me', (handler) => async (c) => {
      const user = known.get(c.req.header('cookie') ?? '')
      return user === undefined ? handler(c) : c.json(user)
    })
  },
})
