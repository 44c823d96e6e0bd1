import type { BackendCall } from '../conduit-http.ts'
import type { Parts } from '../services.ts'

/** The parts with a cache over answers of the backend; `nameOf` says under which name an answer is kept, if at all. */
export function cachedCalls(
  parts: Parts,
  nameOf: (call: BackendCall, sessionKey: string) => string | undefined,
): Parts {
  return {
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      const known = new Map<string, unknown>()
      return {
        ...conduit,
        async json(session, call) {
          const name = nameOf(call, session.key)
          if (name === undefined) return conduit.json(session, call)
          const answer = known.get(name) ?? (await conduit.json(session, call))
          known.set(name, answer)
          return answer
        },
      }
    },
  }
}

/** The parts with a cache over all reads; `ownerOf` says who shares an entry. */
export const cachedList = (parts: Parts, ownerOf: (sessionKey: string) => string): Parts =>
  cachedCalls(parts, ({ method, path, query }, key) =>
    method === 'GET' ? `${ownerOf(key)} ${path} ${JSON.stringify(query)}` : undefined,
  )
