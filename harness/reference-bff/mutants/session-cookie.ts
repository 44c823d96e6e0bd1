import type { Parts } from '../services.ts'

/** The parts with the session cookie written otherwise. */
export function changedCookie(
  parts: Parts,
  change: (cookie: string, kind: 'issued' | 'expired') => string,
): Parts {
  return {
    ...parts,
    sessions: (services) => {
      const sessions = parts.sessions(services)
      const original = { ...sessions }
      return Object.assign(sessions, {
        cookie: (id: string) => change(original.cookie(id), 'issued'),
        expiredCookie: () => change(original.expiredCookie(), 'expired'),
      })
    },
  }
}

/** The parts whose cookie has no `__Host-` prefix, with attributes that the prefix would not allow. */
export function unprefixedCookie(
  parts: Parts,
  change: (cookie: string, kind: 'issued' | 'expired') => string,
): Parts {
  const plain = changedCookie(parts, (cookie, kind) => change(cookie.replace('__Host-', ''), kind))
  return {
    ...plain,
    sessions: (services) => {
      const sessions = plain.sessions(services)
      const original = { ...sessions }
      const prefixed = (header: string | undefined) =>
        header?.replace(/(^|; )bff_session=/, '$1__Host-bff_session=')
      return Object.assign(sessions, {
        idIn: (header: string | undefined) => original.idIn(prefixed(header)),
        require: (header: string | undefined) => original.require(prefixed(header)),
      })
    },
  }
}
