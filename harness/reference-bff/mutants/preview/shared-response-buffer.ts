import { onItsWay } from '../../delivery.ts'
import { defineMutant } from '../mutant.ts'

export const sharedResponseBuffer = defineMutant({
  name: 'shared-response-buffer',
  defect: 'Files are put together in one buffer of the module, which previews at one time share.',
  kills: { 'PREVIEW-22': /^(preview of|bytes and SHA-256)/ },
  collateral: ['PREVIEW-04', 'PREVIEW-08'],
  apply: (parts) => {
    let buffer: Buffer[] = []
    return {
      ...parts,
      deliver:
        () =>
        async (c, { status, body }, { headers, decode }) => {
          buffer = []
          for await (const chunk of decode ? body.pipe(decode()) : body)
            buffer.push(Buffer.from(chunk as Uint8Array))
          const { 'content-length': _, ...others } = headers
          c.env.outgoing.writeHead(status, others)
          c.env.outgoing.end(Buffer.concat(buffer))
          return onItsWay()
        },
    }
  },
})
