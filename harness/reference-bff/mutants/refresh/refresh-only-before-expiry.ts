import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'
import { withoutRenewal } from '../renewals.ts'
import { expiryOf } from '../token-expiry.ts'

export const refreshOnlyBeforeExpiry = defineMutant({
  name: 'refresh-only-before-expiry',
  defect:
    'A token is renewed once its own time is up, and shown to the user as signed out at once; a 401 renews nothing.',
  kills: { 'REFRESH-01': /the client's answer/ },
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const plain = rebuilt(services, parts, { renewal: withoutRenewal() }).conduit
      return {
        ...plain,
        async json(session, call) {
          const isOver = expiryOf(session.entry.tokens.accessToken) < Date.now()
          if (isOver) void services.renewal.renew(session.key, session.entry).catch(() => undefined)
          return plain.json(session, call)
        },
      }
    },
  }),
})
