import { createHash, timingSafeEqual } from 'node:crypto'
import { ControlError } from './control-error.ts'

export const TOKEN_HEADER = 'x-mock-token'

/**
 * Who may use the control API. With a token: whoever sends it. Without: requests to a loopback name that no foreign page sent,
 * which stops other sites' pages and DNS rebinding. Throws 403 with what to do.
 */
export function admitControl(request: Request, token: string | undefined): void {
  const { headers } = request
  if (token !== undefined) {
    if (sameSecret(headers.get(TOKEN_HEADER) ?? '', token)) return
    throw new ControlError(
      403,
      'TOKEN_NEEDED',
      `Send the control token in the header ${TOKEN_HEADER}.`,
    )
  }
  const host = headers.get('host') ?? new URL(request.url).host
  if (!isLoopback(`http://${host}`))
    throw new ControlError(
      403,
      'FOREIGN_HOST',
      `The control API answers on localhost, 127.0.0.1 and [::1] only, not on "${host}". Start the mock with --control-token to use it elsewhere.`,
    )
  const origin = headers.get('origin')
  if (origin !== null && !isLoopback(origin))
    throw new ControlError(
      403,
      'FOREIGN_ORIGIN',
      `The control API refuses pages of "${origin}". Call it from your test program, or start the mock with --control-token.`,
    )
}

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether a server bound to `host` is reached from this machine only. */
export function isLoopbackHost(host: string): boolean {
  return host === '::1' || loopback.has(host)
}

function isLoopback(base: string): boolean {
  return URL.canParse(base) && loopback.has(new URL(base).hostname)
}

function sameSecret(given: string, wanted: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
