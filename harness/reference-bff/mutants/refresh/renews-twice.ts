import { refusalOf } from '../../conduit.ts'
import { defineMutant } from '../mutant.ts'

export const renewsTwice = defineMutant({
  name: 'renews-twice',
  defect: 'When a renewed token is refused, one more renewal and one more try are made.',
  kills: { 'REFRESH-08': 'first call: attempts of one upstream call' },
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      return {
        ...conduit,
        async json(session, call) {
          let answer = await conduit.send(session, call)
          if (answer.status === 401) {
            session.entry = await services.renewal.renew(session.key, session.entry)
            answer = await services.http.backend(call, session.entry.tokens.accessToken)
          }
          if (answer.status !== 200) throw refusalOf(answer)
          return JSON.parse(answer.text) as unknown
        },
      }
    },
  }),
})
