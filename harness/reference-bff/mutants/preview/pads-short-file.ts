import { onItsWay } from '../../delivery.ts'
import { defineMutant } from '../mutant.ts'

export const padsShortFile = defineMutant({
  name: 'pads-short-file',
  defect:
    'When the storage host breaks off, the rest of the announced length is filled with zeros.',
  kills: { 'PREVIEW-08': /: the client's answer$/ },
  apply: (parts) => ({
    ...parts,
    deliver:
      () =>
      async (c, { status, body }, { headers, decode }) => {
        const { outgoing } = c.env
        outgoing.writeHead(status, headers)
        outgoing.flushHeaders()
        let sent = 0
        try {
          for await (const chunk of decode ? body.pipe(decode()) : body) {
            outgoing.write(chunk)
            sent += (chunk as Buffer).length
          }
        } catch {
          outgoing.write(Buffer.alloc(Math.max(0, Number(headers['content-length'] ?? 0) - sent)))
        }
        outgoing.end()
        return onItsWay()
      },
  }),
})
