import { unavailable } from '../../failure.ts'
import { defineMutant } from '../mutant.ts'

export const asksForRedirect = defineMutant({
  name: 'asks-for-redirect',
  defect:
    'The backend is asked with redirect=false, which it takes for true; its Location is then fetched.',
  kills: { 'PREVIEW-03': 'redirect asked for upstream' },
  collateral: ['PREVIEW-15', 'PREVIEW-16'],
  apply: (parts) => ({
    ...parts,
    fileUrls: ({ conduit }) => ({
      async resolve(session, id, signal) {
        const { headers } = await conduit.send(session, {
          method: 'GET',
          path: `/storage/getFileUrl/${encodeURIComponent(id)}`,
          query: { redirect: 'false' },
          signal,
        })
        const location = headers['location']
        if (typeof location !== 'string') throw unavailable(502, 'backend_failed')
        return location
      },
    }),
  }),
})
