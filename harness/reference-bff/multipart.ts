import { BffFailure } from './failure.ts'
import type { BffContext } from './services.ts'

/** A file on its way from the browser; its bytes can be read once. */
export interface SentFile {
  /** As the browser calls it, without folders. */
  name: string
  content: AsyncIterable<Buffer>
}

const BOUNDARY = /^multipart\/form-data\s*;.*?\bboundary="?([^";,]{1,70})"?/i
const FILE_NAME = /^content-disposition:.*;\s*filename="([^"\r\n]*)"/im
const MOST_HEAD_BYTES = 16 * 1024
const HEAD_END = Buffer.from('\r\n\r\n')

const badForm = () => new BffFailure(400, 'one_file_needed')

/** Reads a form up to its first file; `mostBytes` of that are handed on. 400 for anything else, 413 beyond the limit. */
export async function readFile(c: BffContext, mostBytes: number): Promise<SentFile> {
  const boundary = BOUNDARY.exec(c.req.header('content-type') ?? '')?.[1]
  if (boundary === undefined) throw badForm()
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const form = formReader(c.env.incoming)
  for (;;) {
    await form.upTo(delimiter)
    const head = (await form.upTo(HEAD_END)).toString('utf8')
    const name = FILE_NAME.exec(head)?.[1]
    if (name !== undefined)
      return { name: name.split(/[/\\]/).at(-1) ?? '', content: form.content(delimiter, mostBytes) }
  }
}

function formReader(incoming: AsyncIterable<unknown>) {
  const chunks = incoming[Symbol.asyncIterator]()
  // The first delimiter has no line break of its own before it.
  let held: Buffer = Buffer.from('\r\n')
  const readOn = async () => {
    const next = await chunks.next()
    if (next.done === true) throw badForm()
    held = Buffer.concat([held, next.value as Buffer])
  }
  return {
    async upTo(mark: Buffer): Promise<Buffer> {
      for (let at = held.indexOf(mark); ; at = held.indexOf(mark)) {
        if (at !== -1) {
          const before = held.subarray(0, at)
          held = held.subarray(at + mark.length)
          return before
        }
        if (held.length > MOST_HEAD_BYTES) throw badForm()
        await readOn()
      }
    },
    async *content(delimiter: Buffer, mostBytes: number): AsyncGenerator<Buffer> {
      for (let bytes = 0; ;) {
        const at = held.indexOf(delimiter)
        const safe = at === -1 ? Math.max(0, held.length - delimiter.length + 1) : at
        bytes += safe
        if (bytes > mostBytes) throw new BffFailure(413, 'too_large')
        if (safe > 0) yield held.subarray(0, safe)
        held = held.subarray(safe)
        if (at !== -1) return
        await readOn()
      }
    },
  }
}
