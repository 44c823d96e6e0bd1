/** The address limits count by; a header the client sends is trusted. Source: H/utils/extractClientIp.ts:18-34. */
export function clientAddress(
  headers: Record<string, string | undefined>,
  socketAddress: string,
): string {
  const first = (name: string) => headers[name]?.split(',')[0]?.trim()
  return (
    first('cf-connecting-ip') ||
    first('x-forwarded-for') ||
    first('x-real-ip') ||
    first('x-original-forwarded-for') ||
    socketAddress
  )
}
