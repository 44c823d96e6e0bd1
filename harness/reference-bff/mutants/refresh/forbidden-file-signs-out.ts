import { sessionOver } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const forbiddenFileSignsOut = defineMutant({
  name: 'forbidden-file-signs-out',
  defect: 'A file that the user may not see answers 401, as if nobody were signed in.',
  kills: { 'REFRESH-13': 'the answer when preview meets 403' },
  apply: (parts) => ({
    ...parts,
    fileUrls: (services) => {
      const { conduit } = services
      return rebuilt(services, parts, {
        conduit: {
          ...conduit,
          async send(session, call) {
            const answer = await conduit.send(session, call)
            if (answer.status === 403) throw sessionOver()
            return answer
          },
        },
      }).fileUrls
    },
  }),
})
