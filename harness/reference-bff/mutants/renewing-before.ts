import type { Parts } from '../services.ts'

/** The parts with a renewal before those calls that `isDue` names. */
export function renewingBefore(parts: Parts, isDue: (key: string) => boolean): Parts {
  return {
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      return {
        ...conduit,
        async json(session, call) {
          if (isDue(session.key))
            session.entry = await services.renewal.renew(session.key, session.entry)
          return conduit.json(session, call)
        },
      }
    },
  }
}
