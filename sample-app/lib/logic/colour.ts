import { PNG } from 'pngjs'
import { z } from 'zod'
import { conduitRequest } from '@/lib/conduit-request'
import { AppError } from '@/lib/models/app-error'

const MAX_PIXELS = 4_000_000
const answer = z.object({ data: z.string() })

/**
 * The mean colour of a small PNG, as `#rrggbb`: what `/storage/file/data` is for. It gives a whole file as base64 in JSON,
 * fit for a small transform on the server, never for delivering files to a browser.
 */
export async function fileColour(vaultKey: string, fileId: string): Promise<string> {
  if (!/^[0-9a-f-]{24,36}$/i.test(fileId)) throw new AppError('NOT_FOUND', 'There is no such file.')
  const data = answer.safeParse(
    await conduitRequest(vaultKey, {
      method: 'GET',
      path: `/storage/file/data/${encodeURIComponent(fileId)}`,
    }),
  )
  if (!data.success) throw new AppError('BAD_GATEWAY', 'The file cannot be read right now.')
  return meanColour(Buffer.from(data.data.data, 'base64'))
}

export function meanColour(bytes: Buffer): string {
  const png = decode(bytes)
  const sums = [0, 0, 0]
  for (let at = 0; at < png.data.length; at += 4)
    for (let channel = 0; channel < 3; channel += 1)
      sums[channel] = (sums[channel] ?? 0) + (png.data[at + channel] ?? 0)
  const pixels = png.data.length / 4
  return `#${sums
    .map((sum) =>
      Math.round(sum / pixels)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`
}

function decode(bytes: Buffer): PNG {
  const isPng = bytes.length > 24 && bytes.readUInt32BE(0) === 0x89504e47
  if (!isPng || bytes.readUInt32BE(16) * bytes.readUInt32BE(20) > MAX_PIXELS)
    throw new AppError('UNSUPPORTED_TYPE', 'Only small PNG pictures have a colour here.')
  try {
    return PNG.sync.read(bytes)
  } catch {
    throw new AppError('UNSUPPORTED_TYPE', 'This PNG cannot be read.')
  }
}
