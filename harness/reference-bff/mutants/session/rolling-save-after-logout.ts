import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'

export const rollingSaveAfterLogout = defineMutant({
  name: 'rolling-save-after-logout',
  defect:
    'A list saves its session when it ends, to prolong it: one that ends after the logout brings it back.',
  kills: { 'SESSION-20': /^list .* after a list that ended late/ },
  collateral: ['RESIL-14'],
  apply: (parts) =>
    wrappedRoute(parts, 'list', (handler, { sessions, vault }) => async (c) => {
      const key = sessions.keyOf(sessions.idIn(c.req.header('cookie')) ?? '')
      const before = await vault.read(key)
      const answer = await handler(c)
      const now = await vault.read(key)
      if (before) await vault.create(key, now ?? before)
      return answer
    }),
})
