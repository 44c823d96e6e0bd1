import { once } from 'node:events'
import { onItsWay } from '../../delivery.ts'
import { defineMutant } from '../mutant.ts'

export const pushWithoutBackpressure = defineMutant({
  name: 'push-without-backpressure',
  defect: 'Chunks are written as they come, whether or not the browser reads.',
  kills: { 'PREVIEW-05': 'bytes that the BFF took while nobody read' },
  apply: (parts) => ({
    ...parts,
    deliver:
      () =>
      async (c, { status, body }, { headers, decode }) => {
        const { outgoing } = c.env
        outgoing.writeHead(status, headers)
        const source = decode ? body.pipe(decode()) : body
        source.on('data', (chunk: Buffer) => outgoing.write(chunk))
        source.once('end', () => outgoing.end())
        source.once('error', () => outgoing.destroy())
        await once(outgoing, 'close')
        body.destroy()
        return onItsWay()
      },
  }),
})
