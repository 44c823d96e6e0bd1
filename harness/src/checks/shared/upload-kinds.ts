import { randomContent } from './content.ts'
import { onePixelPng } from './png.ts'

/** A kind of file as browsers send it: its declared type, its name, and bytes that fit both. */
export interface UploadKind {
  about: string
  type: string
  name: string
  /** Content of about so many bytes. */
  content: (size: number, seed: number) => Buffer
}

const BINARY: UploadKind = {
  about: 'a binary file',
  type: 'application/octet-stream',
  name: 'upload.bin',
  content: randomContent,
}

/** Targets treat kinds differently: some take pictures only, some send them another way. */
export const UPLOAD_KINDS: readonly UploadKind[] = [
  BINARY,
  {
    about: 'a picture',
    type: 'image/png',
    name: 'upload.png',
    // Decoders read no further than the end of the picture.
    content: (size, seed) => Buffer.concat([onePixelPng(seed), randomContent(size, seed)]),
  },
  {
    about: 'a text',
    type: 'text/plain',
    name: 'upload.txt',
    content: (size, seed) => Buffer.from(randomContent(size / 2, seed).toString('hex')),
  },
]

/** What the template of an upload stands for. */
export const valuesOfUpload = ({ name, type }: UploadKind, bytes: Buffer) => ({
  bytes: bytes.toString('latin1'),
  'file.name': name,
  'file.type': type,
})
