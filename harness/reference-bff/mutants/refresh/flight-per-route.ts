import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const flightPerRoute = defineMutant({
  name: 'flight-per-route',
  defect:
    'Each route has a renewal of its own: parallel calls of one route share it, those of different routes do not.',
  kills: { 'REFRESH-04': 'renewals among several routes' },
  collateral: ['REFRESH-05', 'REFRESH-29'],
  apply: (parts) => {
    const unlocked = () => ({
      acquire: () => Promise.resolve({ release: () => Promise.resolve() }),
    })
    return {
      ...parts,
      create: (services) => {
        const renewal = parts.renewal(rebuilt(services, parts, { leases: unlocked() }))
        return rebuilt(services, parts, { renewal }).create
      },
      preview: (services) => {
        const renewal = parts.renewal(rebuilt(services, parts, { leases: unlocked() }))
        return rebuilt(services, parts, { renewal }).preview
      },
    }
  },
})
