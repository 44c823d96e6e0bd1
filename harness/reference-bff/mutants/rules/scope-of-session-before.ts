import { changedAnswer } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { entryOfLogin } from '../session-entry.ts'

export const scopeOfSessionBefore = defineMutant({
  name: 'scope-of-session-before',
  defect:
    'A login changes the tokens of what the browser had, and leaves the user whose scope creates have.',
  kills: { 'RULES-10': 'scope of who signed in over the session of another' },
  apply: (parts) => {
    const users = new Map<string, string>()
    return changedAnswer(parts, 'login', async (answer, { c, services }) => {
      const { sessions, vault } = services
      const id = sessions.idIn(answer.headers.get('set-cookie')?.split(';')[0])
      const before = sessions.idIn(c.req.header('cookie'))
      const entry = await entryOfLogin(answer, services)
      const userId = users.get(before ?? '') ?? entry.userId
      if (id === undefined) return answer
      users.set(id, userId)
      if (userId !== entry.userId) await vault.create(sessions.keyOf(id), { ...entry, userId })
      return answer
    })
  },
})
