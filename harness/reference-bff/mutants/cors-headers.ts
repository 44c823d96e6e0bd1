import type { Parts } from '../services.ts'

/** The parts with a guard that also permits by CORS the origins which `isAllowed` names. */
export function allowingByCors(parts: Parts, isAllowed: (origin: string) => boolean): Parts {
  return {
    ...parts,
    guard: () => ({ check: () => undefined }),
    list: (services) => {
      const handler = parts.list(services)
      return async (c) => {
        const origin = c.req.header('origin')
        if (origin !== undefined && isAllowed(origin)) {
          c.header('access-control-allow-origin', origin)
          c.header('access-control-allow-credentials', 'true')
        }
        return handler(c)
      }
    },
  }
}
