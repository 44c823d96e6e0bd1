import { once } from 'node:events'
import { onItsWay } from '../../delivery.ts'
import { defineMutant } from '../mutant.ts'

export const previewsEndEarlyAtStop = defineMutant({
  name: 'previews-end-early-at-stop',
  defect: 'At the stop signal every preview is ended where it is, as if that were all of it.',
  kills: { 'RESIL-09': 'the preview under way' },
  needsProcess: true,
  apply: (parts) => ({
    ...parts,
    deliver:
      () =>
      async (c, { status, body }, { headers }) => {
        const { outgoing } = c.env
        const { 'content-length': _, ...open } = headers
        outgoing.writeHead(status, open)
        const stop = () => {
          body.unpipe(outgoing)
          outgoing.end()
        }
        process.once('SIGTERM', stop)
        body.pipe(outgoing)
        await once(outgoing, 'close')
        process.off('SIGTERM', stop)
        body.destroy()
        return onItsWay()
      },
  }),
})
