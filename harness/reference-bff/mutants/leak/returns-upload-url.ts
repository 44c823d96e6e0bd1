import { wrappedRoute } from '../change-answer.ts'
import { defineMutant } from '../mutant.ts'
import { rebuilt } from '../rebuild.ts'

export const returnsUploadUrl = defineMutant({
  name: 'returns-upload-url',
  defect: "The answer to an upload is the backend's, with the URL that the bytes were put to.",
  kills: { 'LEAK-13': 'presigned URLs in the answer to a binary file of 2000 bytes' },
  apply: (parts) =>
    wrappedRoute(parts, 'upload', (_, services) => async (c) => {
      const { conduit } = services
      let place: unknown
      const answer = await rebuilt(services, parts, {
        conduit: {
          ...conduit,
          json: async (session, call) => (place = await conduit.json(session, call)),
        },
      }).upload(c)
      return c.json(place, answer.status === 201 ? 201 : 200)
    }),
})
