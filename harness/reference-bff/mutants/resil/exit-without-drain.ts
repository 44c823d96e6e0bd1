import { defineMutant } from '../mutant.ts'

export const exitWithoutDrain = defineMutant({
  name: 'exit-without-drain',
  defect: 'The process ends with its stop signal, whatever is under way.',
  kills: { 'RESIL-09': 'the list on another instance afterwards' },
  needsProcess: true,
  apply: (parts) => ({
    ...parts,
    settings: (services) => {
      process.prependListener('SIGTERM', () => process.exit(0))
      return parts.settings(services)
    },
  }),
})
