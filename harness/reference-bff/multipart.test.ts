import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { readFile } from './multipart.ts'
import type { BffContext } from './services.ts'

const FORM = Buffer.from(
  [
    '--xyz\r\nContent-Disposition: form-data; name="note"\r\n\r\nhello\r\n',
    '--xyz\r\nContent-Disposition: form-data; name="file"; filename="dir/a.txt"\r\nContent-Type: text/plain\r\n\r\n',
    'one\r\n--xy two\r\n--xyz--\r\n',
  ].join(''),
)

const sent = (chunks: readonly Buffer[], type = 'multipart/form-data; boundary=xyz') =>
  ({
    req: { header: () => type },
    env: { incoming: Readable.from(chunks) },
  }) as unknown as BffContext

describe('a form with a file', () => {
  it('is read the same wherever it is cut', async () => {
    for (let at = 0; at <= FORM.length; at += 1) {
      const file = await readFile(sent([FORM.subarray(0, at), FORM.subarray(at)]), 100)
      expect(file.name).toEqual('a.txt')
      expect((await buffer(file.content)).toString()).toEqual('one\r\n--xy two')
    }
  })

  it('is refused past the limit', async () => {
    const { content } = await readFile(sent([FORM]), 10)
    await expect(buffer(content)).rejects.toThrow('too_large')
  })

  it('is refused when it breaks off', async () => {
    const { content } = await readFile(sent([FORM.subarray(0, -10)]), 100)
    await expect(buffer(content)).rejects.toThrow('one_file_needed')
  })

  it('is refused without a file or a boundary', async () => {
    await expect(readFile(sent([FORM.subarray(0, 60)]), 100)).rejects.toThrow('one_file_needed')
    await expect(readFile(sent([FORM], 'multipart/form-data'), 100)).rejects.toThrow(
      'one_file_needed',
    )
  })
})
