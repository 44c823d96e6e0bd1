import { once } from 'node:events'
import { onItsWay } from '../../delivery.ts'
import { defineMutant } from '../mutant.ts'
import { unboundDownload } from '../unbound-download.ts'

export const abortNotPropagated = defineMutant({
  name: 'abort-not-propagated',
  defect:
    'pipe() without an abort signal: when the browser goes away the connection to the storage host stays open.',
  kills: { 'PREVIEW-06': /^the connection to storage/ },
  collateral: ['PREVIEW-08'],
  apply: (parts) =>
    unboundDownload(parts, async (c, { status, body }, { headers, decode }) => {
      c.env.outgoing.writeHead(status, headers)
      c.env.outgoing.flushHeaders()
      ;(decode ? body.pipe(decode()) : body).pipe(c.env.outgoing)
      body.once('error', () => c.env.outgoing.destroy())
      await once(c.env.outgoing, 'close')
      return onItsWay()
    }),
})
