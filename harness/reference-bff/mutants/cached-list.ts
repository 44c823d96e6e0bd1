import type { Parts } from '../services.ts'

/** The parts with a cache over the backend's list; `ownerOf` says who shares an entry. */
export function cachedList(parts: Parts, ownerOf: (sessionKey: string) => string): Parts {
  return {
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      const known = new Map<string, unknown>()
      return {
        ...conduit,
        async json(session, call) {
          if (call.method !== 'GET') return conduit.json(session, call)
          const name = `${ownerOf(session.key)} ${call.path} ${JSON.stringify(call.query)}`
          const answer = known.get(name) ?? (await conduit.json(session, call))
          known.set(name, answer)
          return answer
        },
      }
    },
  }
}
