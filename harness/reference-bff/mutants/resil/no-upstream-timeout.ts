import { defineMutant } from '../mutant.ts'

export const noUpstreamTimeout = defineMutant({
  name: 'no-upstream-timeout',
  defect: 'Calls of the backend may take as long as they like.',
  kills: { 'RESIL-02': 'the answer to list within the deadline' },
  apply: (parts) => ({
    ...parts,
    settings: (services) => ({ ...parts.settings(services), upstreamMs: 600_000 }),
  }),
})
