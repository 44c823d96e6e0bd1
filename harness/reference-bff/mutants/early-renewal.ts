import type { Parts } from '../services.ts'
import { expiryOf } from './token-expiry.ts'

/** The parts with renewals before a call whose token is over by the own clock, so many at most. */
export const renewingByClock = (parts: Parts, most: number): Parts => ({
  ...parts,
  conduit: (services) => {
    const conduit = parts.conduit(services)
    return {
      ...conduit,
      async json(session, call) {
        for (let attempt = 0; attempt < most; attempt += 1)
          if (expiryOf(session.entry.tokens.accessToken) < Date.now())
            session.entry = await services.renewal.renew(session.key, session.entry)
        return conduit.json(session, call)
      },
    }
  },
})
