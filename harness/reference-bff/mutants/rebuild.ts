import { compose, type Parts, type Services } from '../services.ts'

/** What holds connections or state, and must stay the same when the rest is made anew. */
const LASTING = ['settings', 'redis', 'seal', 'vault', 'leases', 'http', 'renewal'] as const

/** The services with some replaced, and everything above them made anew around the replacements: for one request or one handler. */
export function rebuilt(services: Services, parts: Parts, changes: Partial<Services>): Services {
  const lasting = Object.fromEntries(LASTING.map((name) => [name, () => services[name]]))
  const changed = Object.fromEntries(
    Object.entries(changes).map(([name, each]) => [name, () => each]),
  )
  return compose({ ...parts, ...lasting, ...changed })
}
