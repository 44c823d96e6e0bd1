import type { Parts, Services } from '../services.ts'

/** The parts with a guard that lets those requests through which `isTrusted` names, as they are. */
export function trusting(
  parts: Parts,
  isTrusted: (request: Request, services: Services) => boolean,
): Parts {
  return {
    ...parts,
    guard: (services) => {
      const guard = parts.guard(services)
      return {
        check(request) {
          if (!isTrusted(request, services)) guard.check(request)
        },
      }
    },
  }
}
