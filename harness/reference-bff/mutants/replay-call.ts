import type { BackendCall } from '../conduit-http.ts'
import type { Parts } from '../services.ts'
import { rebuilt } from './rebuild.ts'

/** The parts with the second attempt of a call changed. */
export function changedReplay(parts: Parts, change: (call: BackendCall) => BackendCall): Parts {
  return {
    ...parts,
    conduit: (services) => {
      const sent = new WeakSet<BackendCall>()
      const { http } = services
      return rebuilt(services, parts, {
        http: {
          ...http,
          backend(call, bearer) {
            const isReplay = sent.has(call)
            sent.add(call)
            return http.backend(isReplay ? change(call) : call, bearer)
          },
        },
      }).conduit
    },
  }
}
