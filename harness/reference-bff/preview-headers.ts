import type { StorageAnswer } from './storage.ts'

/** Types that a browser shows without running anything; all others are downloaded. */
const SHOWN = [
  /^image\/(png|jpeg|gif|webp|avif|bmp|x-icon)$/,
  /^video\/(mp4|webm|ogg)$/,
  /^audio\/(mpeg|mp4|ogg|wav|webm|aac|flac)$/,
  /^text\/plain$/,
]

/** What every answer of the BFF says. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'cache-control': 'private, no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'x-frame-options': 'DENY',
}

/** The headers of a preview: an allow-list of the storage host's, a harmless type, and what keeps the bytes from acting in the app's origin. `decoded`: the length is that of other bytes. */
export function previewHeaders(
  { headers }: Pick<StorageAnswer, 'headers'>,
  decoded: boolean,
): Record<string, string> {
  const type = (textOf(headers, 'content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const isShown = SHOWN.some((pattern) => pattern.test(type))
  const length = textOf(headers, 'content-length')
  return {
    ...SAFE_HEADERS,
    'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'content-type': isShown ? shownType(type) : 'application/octet-stream',
    'content-disposition': isShown ? 'inline' : 'attachment',
    ...(decoded || length === undefined || !/^\d+$/.test(length)
      ? {}
      : { 'content-length': length }),
    ...(decoded ? {} : picked(headers, ['accept-ranges', 'content-range', 'etag'])),
    ...picked(headers, ['last-modified']),
  }
}

const shownType = (type: string) => (type === 'text/plain' ? 'text/plain; charset=utf-8' : type)

const picked = (headers: StorageAnswer['headers'], names: readonly string[]) =>
  Object.fromEntries(
    names.flatMap((name) => {
      const value = textOf(headers, name)
      return value === undefined ? [] : [[name, value]]
    }),
  )

/** One header of a storage answer, unless it was sent twice. */
export function textOf(headers: StorageAnswer['headers'], name: string): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : undefined
}
