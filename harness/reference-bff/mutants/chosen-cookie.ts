import type { Parts } from '../services.ts'

/** The parts with a choice among several session cookies of one request. */
export function choosingCookie(
  parts: Parts,
  choose: (cookies: readonly string[]) => string | undefined,
): Parts {
  return {
    ...parts,
    sessions(services) {
      const sessions = parts.sessions(services)
      const original = { ...sessions }
      const chosen = (header: string | undefined) => {
        const pairs = (header ?? '').split(/; */)
        const own = pairs.filter((pair) => /^(__Host-)?bff_session=/.test(pair))
        return own.length < 2 ? header : choose(own)
      }
      return Object.assign(sessions, {
        idIn: (header: string | undefined) => original.idIn(chosen(header)),
        require: (header: string | undefined) => original.require(chosen(header)),
      })
    },
  }
}
