import { defineMutant } from '../mutant.ts'

const FOREVER = 12

export const retryForever = defineMutant({
  name: 'retry-forever',
  defect: 'A call is renewed and sent again as long as it meets a 401.',
  kills: { 'REFRESH-08': 'first call: attempts of one upstream call' },
  apply: (parts) => ({
    ...parts,
    conduit: (services) => {
      const conduit = parts.conduit(services)
      return {
        ...conduit,
        async json(session, call) {
          for (let round = 0; round < FOREVER; round += 1)
            if ((await conduit.send(session, call)).status !== 401) break
          return conduit.json(session, call)
        },
      }
    },
  }),
})
