import { openToAnybody } from '../anonymous-session.ts'
import { defineMutant } from '../mutant.ts'

export const anonymousPassthrough = defineMutant({
  name: 'anonymous-passthrough',
  defect:
    'Whether somebody is signed in is left to the backend: calls without a session are passed on.',
  kills: { 'VAULT-13': 'upstream calls' },
  collateral: ['SESSION-21', 'PROXY-02'],
  apply: (parts) => openToAnybody(parts, 'list', () => true),
})
