import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { onItsWay } from '../../delivery.ts'
import { defineMutant } from '../mutant.ts'

const ENOUGH = 512 * 1024

/** Holds everything back until it has enough. */
function hoarding(): Transform {
  const held: Buffer[] = []
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _, done) {
      held.push(chunk)
      bytes += chunk.length
      if (bytes >= ENOUGH) for (const part of held.splice(0)) this.push(part)
      done()
    },
    flush(done) {
      for (const part of held.splice(0)) this.push(part)
      done()
    },
  })
}

export const buffersFirstHalfMebibyte = defineMutant({
  name: 'buffers-first-half-mebibyte',
  defect:
    'The preview streams, but only once it has half a mebibyte (as behind a compressing layer), headers included.',
  kills: { 'PREVIEW-04': 'bytes at the client while the storage host waits' },
  collateral: ['PREVIEW-06'],
  apply: (parts) => ({
    ...parts,
    deliver:
      () =>
      async (c, answer, { headers, decode }) => {
        c.env.outgoing.writeHead(answer.status, headers)
        const source = decode ? answer.body.pipe(decode()) : answer.body
        await pipeline(source, hoarding(), c.env.outgoing).catch(() => undefined)
        return onItsWay()
      },
  }),
})
