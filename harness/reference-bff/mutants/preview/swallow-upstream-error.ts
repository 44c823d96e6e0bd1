import { onItsWay } from '../../delivery.ts'
import { defineMutant } from '../mutant.ts'

export const swallowUpstreamError = defineMutant({
  name: 'swallow-upstream-error',
  defect: 'When the storage host breaks off, the answer ends as if the file were complete.',
  kills: { 'PREVIEW-08': /: the client's answer$/ },
  apply: (parts) => ({
    ...parts,
    deliver:
      () =>
      async (c, { status, body }, { headers, decode }) => {
        const { outgoing } = c.env
        const { 'content-length': _, ...others } = headers
        outgoing.writeHead(status, others)
        outgoing.flushHeaders()
        const source = decode ? body.pipe(decode()) : body
        try {
          for await (const chunk of source) if (!outgoing.destroyed) outgoing.write(chunk)
        } catch {
          // Seen as the end.
        }
        outgoing.end()
        return onItsWay()
      },
  }),
})
