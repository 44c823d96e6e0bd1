import { finished } from 'node:stream/promises'
import { onItsWay } from '../../delivery.ts'
import { defineMutant } from '../mutant.ts'
import { unboundDownload } from '../unbound-download.ts'

export const drainsAbandonedDownload = defineMutant({
  name: 'drains-abandoned-download',
  defect: 'When the browser goes away the file is downloaded to its end and thrown away.',
  kills: { 'PREVIEW-06': /^the connection to storage/ },
  apply: (parts) =>
    unboundDownload(parts, async (c, { status, body }, { headers, decode }) => {
      const { outgoing } = c.env
      outgoing.writeHead(status, headers)
      outgoing.flushHeaders()
      const source = decode ? body.pipe(decode()) : body
      source.pipe(outgoing)
      outgoing.once('close', () => {
        source.unpipe(outgoing)
        source.resume()
      })
      body.once('error', () => outgoing.destroy())
      await finished(outgoing).catch(() => undefined)
      return onItsWay()
    }),
})
