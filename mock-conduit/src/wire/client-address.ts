const trusted = ['cf-connecting-ip', 'x-forwarded-for', 'x-real-ip', 'x-original-forwarded-for']
const listed = new Set(['x-forwarded-for', 'x-original-forwarded-for'])

/** The address limits count by; a header the client sends is trusted. Source: H/utils/extractClientIp.ts:18-34. */
export function clientAddress(
  headers: Record<string, string | undefined>,
  socketAddress: string,
): string {
  for (const name of trusted) {
    const value = headers[name]
    if (value === undefined || value === '') continue
    return (listed.has(name) ? (value.split(',')[0] ?? '') : value).trim()
  }
  return socketAddress === '' ? 'unknown' : socketAddress
}
