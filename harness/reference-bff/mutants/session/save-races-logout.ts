import { defineMutant } from '../mutant.ts'
import { wrappedReplace } from '../wrapped-replace.ts'

export const saveRacesLogout = defineMutant({
  name: 'save-races-logout',
  defect:
    'The save looks first whether the session is there and at its generation only when it is: a missing one is made anew.',
  kills: { 'SESSION-20': /^list with/ },
  apply: (parts) =>
    wrappedReplace(parts, (replace, { vault }) => async (key, generation, next) => {
      const current = await vault.read(key)
      if (current) return replace(key, generation, next)
      await vault.create(key, next)
      return true
    }),
})
