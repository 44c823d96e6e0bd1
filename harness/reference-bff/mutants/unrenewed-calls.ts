import type { BackendCall } from '../conduit-http.ts'
import type { Parts } from '../services.ts'
import { rebuilt } from './rebuild.ts'

/** The parts with some calls of the backend made by a client that renews nothing. */
export function unrenewed(parts: Parts, isPast: (call: BackendCall) => boolean): Parts {
  return {
    ...parts,
    conduit: (services) => {
      const { http } = services
      const usual = parts.conduit(services)
      const past = rebuilt(services, parts, {
        renewal: { ...services.renewal, renew: (_key, used) => Promise.resolve(used) },
        http,
      }).conduit
      const of = (call: BackendCall) => (isPast(call) ? past : usual)
      return {
        send: (session, call) => of(call).send(session, call),
        json: (session, call) => of(call).json(session, call),
      }
    },
  }
}
