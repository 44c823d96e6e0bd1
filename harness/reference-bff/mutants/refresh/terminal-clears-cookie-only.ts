import { defineMutant } from '../mutant.ts'

export const terminalClearsCookieOnly = defineMutant({
  name: 'terminal-clears-cookie-only',
  defect:
    'A refused renewal expires the cookie and leaves the dead tokens in the vault: whoever kept the cookie renews again and again.',
  kills: { 'REFRESH-10': /: renewals caused by the next \d+ calls and by the old cookie$/ },
  apply: (parts) => ({
    ...parts,
    vault: (services) => ({ ...parts.vault(services), removeIf: () => Promise.resolve(true) }),
  }),
})
