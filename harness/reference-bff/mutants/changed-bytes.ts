import { buffer } from 'node:stream/consumers'
import { onItsWay } from '../delivery.ts'
import type { Parts } from '../services.ts'

/** The parts with a preview that reads the whole file first and sends something else. */
export function changedBytes(parts: Parts, change: (bytes: Buffer) => Buffer): Parts {
  return {
    ...parts,
    deliver:
      () =>
      async (c, answer, { headers, decode }) => {
        const bytes = change(await buffer(decode ? answer.body.pipe(decode()) : answer.body))
        c.env.outgoing.writeHead(answer.status, { ...headers, 'content-length': bytes.length })
        c.env.outgoing.end(bytes)
        return onItsWay()
      },
  }
}
