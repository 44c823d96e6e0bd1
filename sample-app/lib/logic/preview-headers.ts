/** Types a browser only shows, never runs; everything else is offered for download. */
const inert =
  /^(?:image\/(?:png|jpeg|gif|webp|avif|bmp)|audio\/[\w.+-]+|video\/[\w.+-]+|text\/plain)$/

const described = ['content-length', 'content-range', 'accept-ranges', 'etag', 'last-modified']

/** The headers of a preview: what describes the bytes, and what keeps them from acting in our origin. */
export function previewHeaders(storage: Headers): Record<string, string> {
  const type = (storage.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''
  const encoded = storage.get('content-encoding') !== null
  const own: Record<string, string> = {
    'Content-Type': inert.test(type) ? type : 'application/octet-stream',
    'Content-Disposition': inert.test(type) ? 'inline' : 'attachment',
    'Content-Security-Policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  }
  for (const name of described) {
    const value = storage.get(name)
    // fetch has decoded an encoded body: its length and ranges describe other bytes
    if (value !== null && !(encoded && name !== 'last-modified')) own[name] = value
  }
  return own
}
