/** Milliseconds since 1970 at which a token says that it ends. */
export function expiryOf(token: string): number {
  const claims = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')
  return Number(/"exp":(\d+)/.exec(claims)?.[1]) * 1000
}
