import { defineMutant } from '../mutant.ts'

export const saveAfterLogout = defineMutant({
  name: 'save-after-logout',
  defect: 'A renewal that ends after the logout saves its tokens and so brings the session back.',
  kills: { 'SESSION-20': /^list with/ },
  apply: (parts) => ({
    ...parts,
    vault: (services) => {
      const vault = parts.vault(services)
      return {
        ...vault,
        async replace(key, _, next) {
          await vault.create(key, next)
          return true
        },
      }
    },
  }),
})
