import { defineMutant } from '../mutant.ts'

export const renewOn403 = defineMutant({
  name: 'renew-on-403',
  defect: 'A missing right is taken for a stale token: 403 is answered with a renewal.',
  kills: { 'REFRESH-13': 'renewals when list meets 403' },
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      const { http, renewal } = services
      return {
        ...conduit,
        async json(session, call) {
          const answer = await http.backend(call, session.entry.tokens.accessToken)
          if (answer.status === 403) session.entry = await renewal.renew(session.key, session.entry)
          return answer.status === 200
            ? (JSON.parse(answer.text) as unknown)
            : conduit.json(session, call)
        },
      }
    },
  }),
})
